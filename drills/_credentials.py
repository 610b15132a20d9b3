"""Documents to begin with, one for each context and shape that badges have, and all kinds of harm done to them."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from itertools import combinations
from typing import Any

from openbadgekit.documents.contexts import CONTEXTS, MULTIKEY_1, OB_3, OB_3_EXTENSIONS, VC_2, context
from tests.openbadgekit import sample

OB_302 = OB_3.replace("3.0.3", "3.0.2")
CLR_2 = next(url for url in CONTEXTS if "/clr/" in url)
DATA_INTEGRITY = next(url for url in CONTEXTS if "data-integrity" in url)


def bases() -> list[dict[str, Any]]:
    """The documents to begin with."""
    badge = json.loads(json.dumps(sample.signed_badge()))
    small = {key: badge[key] for key in ("id", "type", "issuer", "validFrom", "proof")} | {"name": "Cooking"}
    small["issuer"] = {key: badge["issuer"][key] for key in ("id", "type", "name")}
    rows = [{"type": ["Result"], "value": str(number % 3), "achievedLevel": "urn:uuid:1"} for number in range(4)]
    described = {
        "type": ["ResultDescription"],
        "id": "urn:uuid:2",
        "name": "Grade",
        "resultType": "LetterGrade",
        "allowedValue": ["C", "B", "A", "A"],
    }
    achievement = {
        "id": "https://uni.example/a",
        "type": ["Achievement"],
        "name": "Cooking",
        "creditsAvailable": 1.5,
        "resultDescription": [described],
        "criteria": {"narrative": "Cook."},
        "tag": ["a", "b"],
    }
    subject = {"type": ["AchievementSubject"], "id": "urn:uuid:3", "achievement": achievement, "result": rows}
    graded = {"@context": [VC_2, OB_3], **small, "credentialSubject": subject}
    place = {"type": ["Address"], "geo": {"type": ["GeoCoordinates"], "latitude": 45.5, "longitude": -122.25}}
    old = deepcopy(graded) | {"@context": [VC_2, OB_302]}
    old["issuer"] = {**old["issuer"], "address": place}
    association = {
        "type": "Association",
        "associationType": "isChildOf",
        "sourceId": "urn:uuid:5",
        "targetId": "urn:uuid:6",
    }
    record = {
        "@context": [VC_2, CLR_2, OB_3, OB_3_EXTENSIONS],
        **deepcopy(small),
        "type": ["VerifiableCredential", "ClrCredential"],
        "partial": True,
        "credentialSubject": {
            "type": ["ClrSubject"],
            "id": "urn:uuid:4",
            "verifiableCredential": [
                deepcopy(graded) | {"id": "urn:uuid:10"},
                deepcopy(small) | {"id": "urn:uuid:11", "@context": [VC_2, OB_3]},
            ],
            "achievement": [achievement],
            "association": [association, {**association, "associationType": "isPeerOf"}],
        },
    }
    presentation = {"@context": [VC_2], "type": ["VerifiablePresentation"], "verifiableCredential": [deepcopy(graded)]}
    listed = {
        "@context": [VC_2],
        **{key: small[key] for key in ("id", "issuer", "validFrom", "proof")},
        "issuer": "did:web:uni.example",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "credentialSubject": {
            "id": "urn:uuid:7",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "uH4sIAAAAAAAAA",
        },
    }
    keyed = {
        "@context": [VC_2, DATA_INTEGRITY, MULTIKEY_1],
        "id": "urn:uuid:8",
        "type": "Multikey",
        "controller": "did:web:uni.example",
        "publicKeyMultibase": "z6Mk",
        "proof": [small["proof"], {**small["proof"], "proofPurpose": "authentication", "domain": "a"}],
    }
    return [badge, graded, old, record, presentation, listed, keyed, badge, record]


def _words() -> tuple[list[str], list[str]]:
    """Every property and every type that the contexts define, at any depth."""
    names: set[str] = set()
    todo: list[Any] = [context(url)["@context"] for url in CONTEXTS]
    while todo:
        body = todo.pop()
        for name, meaning in body.items() if isinstance(body, dict) else ():
            if not name.startswith("@"):
                names.add(name)
            if isinstance(meaning, dict):
                todo.append(meaning.get("@context"))
        todo.extend(body if isinstance(body, list) else ())
    return sorted(name for name in names if name[0].islower()), sorted(name for name in names if not name[0].islower())


PROPERTIES, TYPES = _words()
TEXTS = [
    *("", " ", "x", "a b", '"', "\\", '\\"', "\\u0041", "\t\n\r\b\f"),
    *("\u0001\u001f\u007f", "\u0080\u0085\u009f", "\u2028"),
    *("é", "e\u0301", "\U0001f600", "\ud7ff\ue000", "\ufdd0\ufffd"),
    *("\U0001fffe", "\ufffe", "\u202e", "_:b0", "<a>", "x@en"),
    *('"^^<http://www.w3.org/2001/XMLSchema#string>', "1.0"),
    *("true", "2025-05-01T00:00:00Z", "Revocation", "id", "type"),
    *("assertionMethod", "authentication", "Evidence", "https://a.example/", "https://a.example/é?q=a b", "urn:uuid:9"),
    *("did:web:uni.example", "https://a.example/#a", "HTTP://A.example/%7e"),
    *("https://a.example/%zz", "mailto:a@b.example"),
    *("urn:", "a:b", "schema:x", "cred:x", "https://a.example:8/é/ü?x=[1]"),
    *("tag:a|b", "https://a.example/{x}", "x:\u200e"),
]  # fmt: skip
NUMBERS = [
    *(0, -0.0, 1, -1, 1.0, 100.0, 1e21, 1e20, 1.5e300, -2.5, 0.1),
    *(0.30000000000000004, 1e-6, 1e-7, 1.5e-7, 5e-324, 2**53 - 1),
    *(1234567890.123456, 2251799813685248.5, 4503599627370497.5, 123456789012345680000.0, 45.523064, 3.141592653589793),
]  # fmt: skip


def hostile(choose: random.Random) -> Any:
    """A value that does not belong where it will stand."""
    kind = choose.randrange(12)
    if kind < 4:
        return choose.choice(TEXTS)
    if kind < 5:
        return "".join(
            chr(choose.choice([choose.randrange(1, 256), choose.randrange(0x100, 0xD800)])) for _ in range(5)
        )
    if kind < 6:
        number = choose.choice(NUMBERS)
        return number if choose.random() < 0.6 else choose.uniform(-1, 1) * 10.0 ** choose.randint(-9, 22)
    return deepcopy(
        choose.choice(
            [
                *(
                    None,
                    True,
                    False,
                    [],
                    {},
                    [[]],
                    [["a"]],
                    [[["a"], "b"]],
                    ["a", "a", "b"],
                    [True, 1, 1.0, "1"],
                    {"type": []},
                ),
                *(
                    {"@value": "x"},
                    {"@value": "x\n", "@language": "de"},
                    {"@value": "x", "@language": "EN"},
                    {"en": "x"},
                ),
                *(
                    {"@value": "x", "@direction": "rtl", "@language": "ar"},
                    {"@value": 1},
                    {"@value": "x", "@type": "xsd:date"},
                ),
                *(
                    {"@id": "urn:x:1"},
                    {"@list": ["a"]},
                    {"@set": ["a"]},
                    {"@graph": [{}]},
                    {"@context": VC_2},
                    {"@json": 1},
                ),
                *(
                    [{"@value": "x", "@language": "de"}, {"@value": "x", "@language": "fr"}],
                    {"id": "_:b1", "name": "x"},
                ),
                *(
                    {"id": "urn:x:1"},
                    {"id": "urn:x:1", "name": "x"},
                    {"name": "x"},
                    [{"name": "x"}, {"name": "x"}],
                    [{}, {}],
                ),
                {"type": choose.choice(TYPES)},
                {"type": [choose.choice(TYPES), choose.choice(TYPES)], choose.choice(PROPERTIES): choose.choice(TEXTS)},
                {"@context": choose.choice(list(CONTEXTS)), "type": choose.choice(TYPES), "name": "x"},
                {"type": "DataIntegrityProof", "proofPurpose": choose.choice(TEXTS), "nonce": "1"},
            ]
        )
    )


def places(value: Any) -> list[Any]:
    """Every object and list in a document."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(one for item in inner for one in places(item))] if isinstance(value, dict | list) else []


def spoil(document: Any, choose: random.Random) -> None:
    """Do one kind of harm somewhere in the document."""
    found = places(document)
    place = choose.choice(found)
    kind = choose.randrange(8)
    if isinstance(place, list):
        _spoil_list(place, choose, kind, found)
    elif kind < 3:
        place[choose.choice(PROPERTIES)] = hostile(choose)
    elif kind < 5 and place:
        place[choose.choice(list(place))] = hostile(choose)
    elif kind == 5 and place:
        del place[choose.choice(list(place))]
    elif kind == 6:
        names = place.get("type", [])
        place["type"] = [*(names if isinstance(names, list) else [names]), choose.choice(TYPES)]
    else:
        place[choose.choice([*place, *PROPERTIES])] = deepcopy(choose.choice(found))


def _spoil_list(place: list[Any], choose: random.Random, kind: int, found: list[Any]) -> None:
    if kind < 2 and place:
        place.append(deepcopy(choose.choice(place)))
    elif kind < 3:
        choose.shuffle(place)
    elif kind < 4:
        place.append(deepcopy(choose.choice(found)))
    else:
        place.insert(choose.randrange(len(place) + 1), hostile(choose))


def case(choose: random.Random, start: list[dict[str, Any]]) -> Any:
    """One document: often a whole one, often a part of one, harmed in none to six places."""
    document = deepcopy(choose.choice(start))
    parts = [one for one in places(document) if isinstance(one, dict) and one is not document and one]
    if choose.random() < 0.5 and parts:
        part = choose.choice(parts)
        document = {"@context": document["@context"], **part} if "@context" not in part else part
    for _ in range(choose.choice([0, 1, 1, 1, 2, 2, 3, 4, 6])):
        spoil(document, choose)
    return document


MENU: list[Any] = [
    *("x", "urn:uuid:1", "", 5, -1.5, True, [], {}, None, "assertionMethod", [["x"]]),
    *(["urn:uuid:1", "urn:uuid:2", "urn:uuid:1"], [1, 1.0, True], ["x", "x"], [1, "1"], [True, "true"]),
    *({"@value": "x", "@language": "de"}, ["x", {"@value": "x"}], [{"name": "x"}, {"name": "x"}], {"name": "x"}),
    *({"id": "urn:uuid:3"}, {"type": "Evidence", "name": "x"}, {"type": "DataIntegrityProof"}),
    {"kty": "OKP", "x": [1.0, None, {"b": 1e21, "a": "\u20ac\n"}]},
    {"type": ["Achievement", "Evidence"], "id": "urn:uuid:4", "name": "y"},
]
CONTEXT_LISTS = [
    [VC_2],
    [VC_2, OB_3, OB_3_EXTENSIONS],
    [VC_2, OB_302],
    [VC_2, CLR_2, OB_3],
    [VC_2, DATA_INTEGRITY, MULTIKEY_1],
]


def grid() -> Iterator[dict[str, Any]]:
    """Each pair of types of each list of contexts; each type with each property that it brings or all have, and with
    each value of the menu.
    """
    for listed in CONTEXT_LISTS:
        bodies = [context(url)["@context"] for url in listed]
        terms: dict[str, Any] = {}
        for body in bodies:
            for part in body if isinstance(body, list) else [body]:
                terms |= part
        everywhere = [name for name in terms if name[0].islower()]
        kinds = [name for name in terms if name[0].isupper()]
        for first, second in combinations(kinds, 2):
            inner = next(iter(_scope(terms[first])), "id")
            yield {"@context": listed, "id": "urn:uuid:0", "type": [first, second], inner: "urn:uuid:1"}
        for kind in [None, *kinds]:
            named = {"@context": listed, "id": "urn:uuid:0"} | ({"type": kind} if kind else {})
            scope = _scope(terms.get(kind))
            for name in scope or everywhere:
                for value in MENU:
                    yield named | {name: deepcopy(value)}
                    for inner in _scope(scope.get(name, terms.get(name))):
                        yield named | {name: {"id": "urn:uuid:5", inner: deepcopy(value)}}


def _scope(meaning: Any) -> dict[str, Any]:
    """The terms that a type or property brings."""
    body = meaning.get("@context") if isinstance(meaning, dict) else None
    return {name: term for name, term in body.items() if name[0] != "@"} if isinstance(body, dict) else {}


def dataset(choose: random.Random) -> list[tuple[str, str, str, str]]:
    """A small graph of blank nodes, many of them alike: circles, cliques, graphs in graphs."""
    nodes = [f"_:n{number}" for number in range(choose.randint(1, 7))]
    if choose.random() < 0.1:
        return [(a, "<urn:p>", b, "") for a in nodes for b in nodes if a != b]
    terms = [*nodes, "<urn:a>", "<urn:b>"]
    things = [*terms, '"x"', '"x"@en', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', '"\\n\\u0001\\\\"']
    graphs = ["", "", "", *terms]
    quads = {
        (choose.choice(terms), choose.choice(["<urn:p>", "<urn:q>"]), choose.choice(things), choose.choice(graphs))
        for _ in range(choose.randint(1, 16))
    }
    return sorted(quads)
