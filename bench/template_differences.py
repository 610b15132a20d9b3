"""Goal 2: are canonical forms by template those of the npm packages jsonld and rdf-canonize?

`python -m bench.template_differences`: 1,000 badges of hostile recipients, and each case in which a template is not
sound, where the full canonicalizer must be used. Prints one line of JSON; status 1 when anything differs.
"""

import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from bench.peers import Peer
from openbadgekit import issue
from openbadgekit.documents.contexts import CONTEXTS, context
from openbadgekit.errors import BadgeError
from tests.openbadgekit.many import badge

RECIPIENTS = 1_000
LEARNED_FROM = 3
BATCH = 100
WORDS = [
    'say "no"',
    "back\\slash \\n \\u0041 \\",
    "line\nline\r\nline\ttab\b\f\v",
    "\x01\x02\x1b[31m\x1f\x7f\x80\x85\x9f",
    "\u2028\u2029\u200b\u200e\u202e\ufeff\ufffd",
    "é e\u0301 \u00c5 \u212b ﬁ 食 👩‍👩‍👧 \U0010fffd",
    "<urn:a> <urn:b> <urn:c> .",
    '" .\n<urn:a> <urn:b> "c',
    "_:c14n0",
    "_:a",
    "urn:x-openbadgekit:0000",
    '"^^<http://www.w3.org/2001/XMLSchema#string>',
    '"@en',
    "%s %d %% {0} {} $1 \\1 \\g<0>",
    " ",
    "</script><script>alert(1)</script>",
    "' OR 1=1 --",
    "@id",
    "true",
    "0",
    "null",
    "https://uni.example/",
    "a" * 5000,
]
PLAIN_IRIS = [
    "urn:uuid:00000000-0000-4000-8000-{0:012x}",
    "https://evidence.example/{0}?q=a+b&r=%C3%A9#f",
    "https://evidence.example:8443/a/../b/./{0}//c;d=(e),f!g*h'i",
    "http://{0}.example",
    "did:web:evidence.example%3A8443:learners:{0}#me",
]
OTHER_IRIS = [
    "mailto:learner{0}@x.example",
    "https://bücher.example/{0}/é",
    "tag:x.example,2025:{0}",
    "HTTPS://X.example/{0}",
]


def main() -> int:
    """Compare, print, and return the exit status."""
    preparer = issue.Preparer()
    choose = random.Random(2)
    everybody = [hostile(number, choose) for number in range(RECIPIENTS + LEARNED_FROM)]
    for document in everybody[:LEARNED_FROM]:
        preparer.prepare(document)
    with Peer("jsonld") as peer:
        learned = preparer.by_template, preparer.by_engine
        different = list(_differing(preparer, everybody[LEARNED_FROM:], peer))
        by_template, by_engine = preparer.by_template - learned[0], preparer.by_engine - learned[1]
        unsound = dict(_unsound(preparer, peer))
    wrong = [case for case, outcome in unsound.items() if not outcome.startswith("full canonicalizer")]
    passed = not different and not wrong and by_template >= RECIPIENTS * 0.8 and by_template + by_engine == RECIPIENTS
    report = {
        "passed": passed,
        "recipients": RECIPIENTS,
        "by_template": by_template,
        "by_full_canonicalizer": by_engine,
        "differences_from_rdf_canonize": len(different),
        "unsound_cases": unsound,
    }
    print(json.dumps(report, indent=1))
    return 0 if passed else 1


def hostile(number: int, choose: random.Random) -> Any:
    """The badge of a recipient who chose all that a recipient may choose."""
    document = badge(number)
    subject, evidence = document["credentialSubject"], document["evidence"]
    document["name"] = words(choose)
    subject["narrative"] = words(choose)
    subject["result"][2]["value"] = words(choose)
    evidence[0] |= {"name": words(choose), "narrative": words(choose), "genre": words(choose)}
    iris = OTHER_IRIS if choose.random() < 0.1 else PLAIN_IRIS
    evidence[1]["id"] = choose.choice(iris).format(number)
    return document


def words(choose: random.Random) -> str:
    """A hostile text: a known one, or characters from everywhere."""
    if choose.random() < 0.5:
        return choose.choice(WORDS)
    ranges = [(1, 0x7F), (0x80, 0x2FF), (0x300, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF)]
    return "".join(chr(choose.randint(*choose.choice(ranges))) for _ in range(choose.randint(1, 40)))


def _differing(preparer: issue.Preparer, documents: Sequence[Any], peer: Peer) -> Iterator[Any]:
    for start in range(0, len(documents), BATCH):
        some = documents[start : start + BATCH]
        for document, theirs in zip(some, _their_forms(peer, some), strict=True):
            if theirs != preparer.prepare(document).digest:
                yield document


def _their_forms(peer: Peer, documents: Sequence[Any]) -> list[bytes | None]:
    """The hash of each form by the peer; None for what it refuses."""
    given = {"contexts": {url: context(url) for url in CONTEXTS}, "documents": documents}
    answers: Any = peer.act("documents", given).turn(1).answer
    return [hashlib.sha256(one["form"].encode()).digest() if "form" in one else None for one in answers]


def _same_results(document: Any) -> None:
    document["credentialSubject"]["result"][2] = deepcopy(document["credentialSubject"]["result"][1])


def _other_list(document: Any) -> None:
    document["evidence"].append({"id": "https://a.example/3", "type": ["Evidence"]})


UNSOUND: Mapping[str, Callable[[Any], object]] = {
    "two hashes are equal": _same_results,
    "a list of another length": _other_list,
    "an absent field": lambda d: d["evidence"][0].pop("narrative"),
    "a string become an object": lambda d: d.update(name={"@value": "Name", "@language": "en"}),
    "a filled value repeats a quad": lambda d: d["evidence"][1].update(id=d["evidence"][0]["id"]),
    "a value in an IRI position is no absolute IRI": lambda d: d["evidence"][1].update(id="evidence/1"),
    "a value in an IRI position of a rare scheme": lambda d: d["evidence"][1].update(id="xsd:evidence"),
    "a value in an IRI position is ill-formed": lambda d: d["evidence"][1].update(id="https://a.example/a b"),
    "a place holds a number": lambda d: d["credentialSubject"]["result"][1].update(value=12),
    "a place holds a truth value": lambda d: d["credentialSubject"]["result"][1].update(value=True),
    "a place holds nothing": lambda d: d.update(name=""),
}


def _unsound(preparer: issue.Preparer, peer: Peer) -> Iterator[tuple[str, str]]:
    for case, harm in UNSOUND.items():
        document = hostile(5_000, random.Random(3))
        harm(document)
        yield case, _outcome(preparer, document, peer)
    marked = [badge(number) for number in range(6_000, 6_005)]
    for document in marked:
        document["issuer"]["name"] = "Unit urn:x-openbadgekit:0000"
        outcome = _outcome(preparer, document, peer)
    yield "the issuer's text holds the placeholder", outcome


def _outcome(preparer: issue.Preparer, document: Any, peer: Peer) -> str:
    before = preparer.by_template
    [theirs] = _their_forms(peer, [document])
    try:
        ours = preparer.prepare(document).digest
    except BadgeError as error:
        return f"full canonicalizer: refused ({error.message})" if preparer.by_template == before else "by template"
    if preparer.by_template > before:
        return "by template"
    return "full canonicalizer: the same form" if ours == theirs else "another form than rdf-canonize"


if __name__ == "__main__":
    sys.exit(main())
