"""What is put before the verifiers: every kind of badge, and every kind of fraud."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openbadgeslib import baking

from interop.site import VAR, Site

VALID, REFUSED = "valid", "refused"
OURS, OFFICIAL, LIB, BAZAAR = "ours", "openbadges", "openbadgeslib", "digitalbazaar"
VERIFIERS = {"2.0": (OURS, OFFICIAL, LIB), "3.0": (OURS, BAZAAR, LIB)}
LIVE_OF_EACH_VERSION = 2


@dataclass(frozen=True)
class Case:
    """One thing to verify: a text (JSON or an address) or the file of a picture, and what each verifier must say."""

    name: str
    standard: str
    kind: str
    value: str
    expected: dict[str, str]
    note: str = ""
    source: dict[str, Any] = field(default_factory=dict, compare=False)


def all_cases(site: Site) -> Iterator[Case]:
    """Good badges in every form; revoked and expired ones; altered ones."""
    seen: dict[str, int] = {}
    for badge in site.badges:
        if badge["state"] == "live":
            seen[badge["version"]] = seen.get(badge["version"], 0) + 1
            if seen[badge["version"]] > LIVE_OF_EACH_VERSION:
                continue
        yield from _forms(site, badge)
    live = [badge for badge in site.badges if badge["state"] == "live"]
    yield from _altered_third(site, live[0], live[1])
    yield from _altered_second(site, live[0])
    yield from _kept_copy(site, next(badge for badge in site.badges if badge["state"] == "revoked"), live[0])
    expired = next(badge for badge in site.badges if badge["state"] == "expired")
    yield from _revived(site, expired)


def _forms(site: Site, badge: dict[str, Any]) -> Iterator[Case]:
    verdict = VALID if badge["state"] == "live" else REFUSED
    name = f"{badge['state']} {badge['version'].split('@')[0][:28]} {badge['award'][:4]}"
    yield _case(f"{name}: 3.0 document", "3.0", "text", site.body(badge["ob3"]).decode(), verdict)
    for kind in ("png", "svg"):
        yield _case(f"{name}: 3.0 {kind}", "3.0", kind, _kept(site, badge, kind), verdict)
    yield _case(f"{name}: 2.0 address", "2.0", "text", badge["ob2"], verdict)
    status, _, body = site.get(badge["ob2"])
    if status == 200:
        yield _case(f"{name}: 2.0 document", "2.0", "text", body.decode(), verdict)
    for kind in ("png", "svg"):
        yield _case(f"{name}: 2.0 {kind}", "2.0", kind, _kept(site, badge, f"ob2_{kind}"), verdict)


def _kept_copy(site: Site, revoked: dict[str, Any], live: dict[str, Any]) -> Iterator[Case]:
    """A copy that somebody kept from before the revocation: whole, and with the address of the revoked badge."""
    copied = json.loads(site.body(live["ob2"]))
    copied["id"] = revoked["ob2"]
    text = json.dumps(copied)
    yield _case("revoked, a copy kept from before: 2.0 document", "2.0", "text", text, REFUSED)
    picture = VAR / "pictures" / "revoked-kept.png"
    plain = site.body(f"{copied['badge'].rsplit('/', 1)[0]}/image.png")
    picture.write_bytes(baking.bake_png(plain, text))
    yield _case("revoked, a copy kept from before: 2.0 png", "2.0", "png", str(picture), REFUSED)


def _case(name: str, standard: str, kind: str, value: str, verdict: str, **different: str) -> Case:
    note = different.pop("note", "")
    return Case(name, standard, kind, value, {v: different.get(v, verdict) for v in VERIFIERS[standard]}, note)


def _kept(site: Site, badge: dict[str, Any], form: str) -> str:
    path = VAR / "pictures" / f"{badge['award']}-{form}.{form[-3:]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(site.body(badge[form]))
    return str(path)


def _altered_third(site: Site, badge: dict[str, Any], other: dict[str, Any]) -> Iterator[Case]:
    good = json.loads(site.body(badge["ob3"]))
    foreign = json.loads(site.body(other["ob3"]))

    def subject(document: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = document["credentialSubject"]
        return found

    changes: dict[str, Callable[[dict[str, Any]], object]] = {
        "another title": lambda d: subject(d)["achievement"].update(name="Doctor of Natural Medicine"),
        "another holder": lambda d: subject(d)["identifier"][0].update(identityHash="sha256$" + "0" * 64),
        "more hours": lambda d: next(r for r in subject(d)["result"] if "value" in r).update(value="120"),
        "another issuer's name": lambda d: d["issuer"].update(name="University of Elsewhere"),
        "another status index": lambda d: d["credentialStatus"].update(statusListIndex="1"),
        "no status": lambda d: d.pop("credentialStatus"),
        "the proof of another badge": lambda d: d.update(proof=foreign["proof"]),
        "an endorsement altered": lambda d: d["issuer"]["endorsement"][0]["credentialSubject"].update(
            endorsementComment="The university approved everything."
        ),
        "a term that no context knows": lambda d: subject(d).update(grade="A"),
        "no proof": lambda d: d.pop("proof"),
    }
    for words, change in changes.items():
        document = copy.deepcopy(good)
        change(document)
        yield _case(f"altered, {words}: 3.0 document", "3.0", "text", json.dumps(document), REFUSED)
        if words == "another title":
            for kind in ("png", "svg"):
                path = _rebaked(site, subject(good)["achievement"]["image"]["id"], json.dumps(document), kind)
                yield _case(f"altered, {words}: 3.0 {kind}", "3.0", kind, path, REFUSED)


def _rebaked(site: Site, picture: str, text: str, kind: str) -> str:
    address = picture.rsplit(".", 1)[0] + f".{kind}"
    path = VAR / "pictures" / f"altered.{kind}"
    if kind == "png":
        baked = baking.bake_png(site.body(address), text, keyword=baking.ITXT_KEYWORD_OB3)
    else:
        baked = _svg_with(site.body(address).decode(), text).encode()
    path.write_bytes(baked)
    return str(Path(path))


def _svg_with(picture: str, text: str) -> str:
    start, _, rest = picture.partition("<svg")
    attributes, _, inner = rest.partition(">")
    space = ' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    inside = f"<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    return f"{start}<svg{attributes}{space}>{inside}{inner}"


def _altered_second(site: Site, badge: dict[str, Any]) -> Iterator[Case]:
    good = json.loads(site.body(badge["ob2"]))
    note = "foreign verifiers look at the hosted copy only; ours says that the copy differs from it"
    words = {**good, "narrative": "Hours of training: 1200."}
    yield _case(
        "altered, other words: 2.0 copy", "2.0", "text", json.dumps(words), VALID, **{OURS: REFUSED, "note": note}
    )
    holder = copy.deepcopy(good)
    holder["recipient"]["identity"] = "sha256$" + "0" * 64
    different = {OFFICIAL: VALID, "note": "openbadges looks at the hosted copy only"}
    yield _case("altered, another holder: 2.0 copy", "2.0", "text", json.dumps(holder), REFUSED, **different)
    nowhere = {**good, "id": f"{site.origin}/badges/{'0' * 26}/ob2.json"}
    yield _case("altered, an address that hosts nothing: 2.0 copy", "2.0", "text", json.dumps(nowhere), REFUSED)


def _revived(site: Site, badge: dict[str, Any]) -> Iterator[Case]:
    third = json.loads(site.body(badge["ob3"]))
    third["validUntil"] = "2099-01-01T00:00:00Z"
    yield _case("expired, with a later end written in: 3.0 document", "3.0", "text", json.dumps(third), REFUSED)
    second = json.loads(site.body(badge["ob2"]))
    second["expires"] = "2099-01-01T00:00:00Z"
    yield _case("expired, with a later end written in: 2.0 copy", "2.0", "text", json.dumps(second), REFUSED)
