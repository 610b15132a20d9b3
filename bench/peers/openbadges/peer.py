"""The acts of the PyPI packages openbadges-bakery (bake) and openbadges (verify a hosted badge)."""

import base64
import io
import json
import logging
import warnings

warnings.simplefilter("ignore")

import requests  # noqa: E402
from loop import serve  # noqa: E402
from openbadges import verify  # noqa: E402
from openbadges.verifier.openbadges_context import OPENBADGES_CONTEXT_V2_DICT  # noqa: E402
from openbadges_bakery import bake  # noqa: E402

CONTEXT = "https://w3id.org/openbadges/v2"
logging.disable(logging.CRITICAL)


def baking(given):
    """Bake an assertion (text) into a PNG picture (Base64); answers the baked picture, in Base64."""
    picture, badge = base64.b64decode(given["picture"]), given["badge"]

    def act(_number):
        return bake(io.BytesIO(picture), badge).read()

    def last(number):
        baked = act(number)
        return base64.b64encode(baked).decode() if given["show"] else None

    return last if given["show"] else lambda number: bool(act(number))


def hosted(given):
    """Verify the address of a hosted assertion. `pages`: address → [media type, Base64 body], served from memory."""
    pages = {url: (kind, base64.b64decode(body)) for url, (kind, body) in given["pages"].items()}
    pages[CONTEXT] = ("application/ld+json", json.dumps(OPENBADGES_CONTEXT_V2_DICT).encode())

    def send(_self, request, **_options):
        answer = requests.Response()
        answer.request, answer.url, answer.encoding = request, request.url, "utf-8"
        kind, answer._content = pages[request.url]
        answer.status_code, answer.headers["Content-Type"] = 200, kind
        return answer

    requests.Session.send = send

    def act(_number):
        report = verify(given["address"], use_cache=False, cache_backend=None)["report"]
        return [report["valid"], [message["result"] for message in report["messages"]]]

    return act


serve({"bake": baking, "verify-hosted": hosted})
