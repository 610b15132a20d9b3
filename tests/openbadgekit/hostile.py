"""Files made to harm, to hang or to deceive; what is to be found in each stands in vectors/hostile.json.

`python -m tests.openbadgekit.hostile` writes that table anew: read each line of the difference before it is kept.
"""

import copy
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openbadgekit import base64url
from openbadgekit.documents.contexts import OB_3, VC_2
from openbadgekit.verify import Report
from tests.openbadgekit.pictures import chunk, itxt, png
from tests.openbadgekit.test_verify_clr import CLR, proved, record
from tests.openbadgekit.tokens import token_of, unsigned, written
from tests.openbadgekit.world import World

TABLE = Path(__file__).parent / "vectors" / "hostile.json"
KEYWORD = b"openbadgecredential"
BIG = 150_000
Named = Iterator[tuple[str, bytes]]


def files(world: World) -> dict[str, bytes]:
    """Every file by its name, "family/what is wrong"."""
    families = {"json": _texts, "values": _values, "png": _pngs, "svg": _svgs, "jws": _tokens, "clr": _records}
    return {f"{family}/{name}": data for family, make in families.items() for name, data in make(world)}


def told(report: Report) -> dict[str, str]:
    """The verdict, and the first finding that did not pass, without the words of Python's own parsers."""
    finding = next(one for one in report.findings if one.outcome != "passed")
    says = re.sub(r"^(This is not (JSON|a well-formed SVG picture)): .*", r"\1", finding.message, flags=re.DOTALL)
    return {"verdict": report.verdict, "check": finding.check, "outcome": finding.outcome, "says": says}


def _texts(world: World) -> Named:
    good = json.dumps(world.document).encode()
    raw = {
        "nothing": b"",
        "a NUL": b"\x00",
        "white space": b" " * BIG,
        "an empty object": b"{}",
        "an array": b"[" + good + b"]",
        "a text": b'"x"',
        "depth": b'{"a":' * 5000 + b"1" + b"}" * 5000,
        "depth of arrays": b'{"a":' + b"[" * BIG + b"]" * BIG + b"}",
        "depth without an end": b'{"a":' + b"[" * BIG,
        "many objects": b'{"a":[' + b"{}," * 60_000 + b"{}]}",
        "many names": json.dumps(dict.fromkeys(map(str, range(60_000)))).encode(),
        "a long name": b'{"' + b"k" * BIG + b'":1}',
        "an integer of many digits": b'{"a":' + b"9" * BIG + b"}",
        "a huge exponent": b'{"a":1e999999999}',
        "a huge negative number": b'{"a":-1e999999999}',
        "2 to the 53": b'{"a":9007199254740992}',
        "too large": b'{"a":"' + b"a" * 1_000_000 + b'"}',
        "cut off": good[:-1],
        "two documents": good + good,
        "something after it": good + b"x",
        "a comma too many": good[:-1] + b",}",
        "a comment": b"/**/" + good,
        "single quotes": good.replace(b'"', b"'"),
        "overlong UTF-8": good.replace(b"Food", b"\xc1\x86ood", 1),
        "a lone surrogate in UTF-8": good.replace(b"Food", b"\xed\xa0\x80ood", 1),
        "a lone surrogate escaped": good.replace(b"Food", b"\\ud800ood", 1),
        "a NUL escaped": good.replace(b"Food", b"\\u0000ood", 1),
        "a raw control character": good.replace(b"Food", b"\x01ood", 1),
        "a fullwidth colon": good.replace(b'":', '"：'.encode(), 1),
        "a page": b"<html><body>valid</body></html>",
    }
    yield from raw.items()
    for name in ("id", "issuer", "proof", "type", "@context", "credentialSubject"):
        yield f"{name} twice", b'{"%s":"x",' % name.encode() + good[1:]
    for name in (b"NaN", b"Infinity", b"-Infinity", b"01", b"+1", b".5", b"0x10", b"1.", b"undefined", b"True"):
        yield f"the number {name.decode()}", b'{"a":' + name + b"," + good[1:]
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp037"):
        yield f"in {encoding}", good.decode().encode(encoding)
    for name in ("@id", "@graph", "@type", "@vocab", "@base", "@included", "@reverse", "__proto__", "motto", "ıssuer"):
        yield f"with the member {name}", b'{"%s":{"a":1},' % name.encode() + good[1:]


def _values(world: World) -> Named:
    places = (
        *("/id", "/issuer", "/issuer/id", "/credentialSubject/id", "/credentialSubject/achievement/id", "/validFrom"),
        *("/proof/proofValue", "/proof/verificationMethod", "/proof/created", "/credentialStatus/statusListIndex"),
        *("/credentialStatus/statusListCredential", "/credentialSubject/achievement/name", "/type", "/@context"),
    )
    nasty: dict[str, Any] = {
        **{"null": None, "a number": 5, "an empty array": [], "an empty object": {}, "an empty text": ""},
        **{"text turned around": "\u202etxt", "a script": "javascript:alert(1)", "a way up": "did:web:..:..:x"},
        **{
            "a loopback": "http://127.0.0.1/",
            "very long": "a" * BIG,
            "a blank node": "_:b0",
            "a value": {"@value": "x"},
        },
    }
    for place in places:
        for name, value in nasty.items():
            document = copy.deepcopy(world.document)
            *way, last = place[1:].split("/")
            holder = document
            for step in way:
                holder = holder[step]
            holder[last] = value
            yield f"{place} is {name}", json.dumps(document).encode()


def _pngs(world: World) -> Named:
    good = json.dumps(world.document).encode()
    packed, badge = zlib.compress(good), itxt(KEYWORD, good)

    def text(flag: int, method: int, data: bytes, between: bytes = b"\x00\x00") -> bytes:
        return png(chunk(b"iTXt", KEYWORD + b"\x00" + bytes([flag, method]) + between + data))

    whole = png(badge)
    broken = bytearray(whole)
    broken[60] ^= 1
    yield "no badge", png()
    yield "two badges", png(badge, badge)
    yield "two badges of two standards", png(badge, itxt(b"openbadges", b"{}"))
    yield "a badge of 3.0 called 2.0", png(itxt(b"openbadges", b"x" + good))
    yield "another case of the keyword", png(itxt(b"OpenBadgeCredential", good))
    yield "a space after the keyword", png(itxt(KEYWORD + b" ", good))
    yield "a badge after the end", png(after=badge)
    yield "a badge before the header", png()[:8] + badge + png()[8:]
    yield "a badge as tEXt", png(chunk(b"tEXt", KEYWORD + b"\x00" + good))
    yield "a badge as zTXt", png(chunk(b"zTXt", KEYWORD + b"\x00\x00" + packed))
    yield "a keyword without an end", png(chunk(b"iTXt", KEYWORD))
    yield "an empty badge", png(itxt(KEYWORD, b""))
    yield "an unknown compression", text(1, 1, packed)
    yield "an unknown flag", text(2, 0, good)
    yield "no language tag", text(0, 0, b"", b"")
    yield "a language tag without an end", text(0, 0, b"", b"en")
    yield "compressed and cut off", text(1, 0, packed[:-5])
    yield "compressed and something after it", text(1, 0, packed + b"x")
    yield "compressed with another badge after it", text(1, 0, packed + packed)
    yield "not compressed and called so", text(1, 0, good)
    yield "compressed and not called so", text(0, 0, packed)
    yield "a bomb", text(1, 0, zlib.compress(b" " * 30_000_000, 9))
    yield "a bomb in a bomb", text(1, 0, zlib.compress(zlib.compress(b" " * 30_000_000, 9)))
    yield "not UTF-8", png(itxt(KEYWORD, b"\xff\xfe"))
    yield "a false checksum", bytes(broken)
    yield "cut off", whole[:-20]
    yield "cut in the length", whole[:10]
    yield "the signature alone", whole[:8]
    yield "a length beyond the file", whole[:33] + b"\xff\xff\xff\xff" + whole[37:]
    yield "a length of 2 to the 31", whole[:33] + b"\x80\x00\x00\x00" + whole[37:]
    yield "many chunks", png(*[chunk(b"tEXt", b"")] * 25_000)
    yield "a signature of another system", whole.replace(b"\r\n\x1a\n", b"\n\x1a\n", 1)
    yield "an address and nothing there", png(itxt(b"openbadges", b"https://127.0.0.1/badge"))
    yield "an address of a file", png(itxt(b"openbadges", b"file:///etc/passwd"))


def _svgs(world: World) -> Named:
    good = json.dumps(world.document)
    element = f"<openbadges:credential><![CDATA[{good}]]></openbadges:credential>"
    token = token_of(world)

    def svg(inside: str, attributes: str = "", start: str = "") -> bytes:
        spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
        return f"{start}<svg {spaces} {attributes}>{inside}</svg>".encode()

    entity = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    outer = '<!DOCTYPE svg [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
    wrong = "<openbadges:credential verify='a.b.c'>"
    yield "no badge", svg("")
    yield "two badges", svg(element * 2)
    yield "a badge deeper down", svg(f"<g>{element}</g>")
    yield "a badge in an element of its own", svg(f"<g/>{element}<g>{element}</g>")
    yield "an element in the badge", svg(element.replace("]]>", "]]><g/>"))
    yield "a token and a document", svg(f'<openbadges:credential verify="{token}">{element[23:]}')
    yield "an ill-formed token and a document", svg(wrong + element[23:])
    yield "an empty badge", svg("<openbadges:credential/>")
    yield "a badge that is an address of a file", svg("<openbadges:credential verify='file:///etc/passwd'/>")
    yield "another address than the badge", svg(f"<openbadges:credential verify='https://x.example/'>{element[23:]}")
    yield "another namespace", svg(element).replace(b"ob/v3p0", b"ob/v3p1", 1)
    yield "entities", svg("&c;" + element, start=entity)
    yield "an entity of a file", svg("<openbadges:credential>&c;</openbadges:credential>", start=outer)
    yield "a document type", svg(element, start='<!DOCTYPE svg SYSTEM "http://127.0.0.1/x.dtd">')
    yield "an undefined entity", svg("&nbsp;" + element)
    yield "depth", svg("<g>" * 30_000 + "</g>" * 30_000)
    yield "many elements", svg("<g/>" * 100_000)
    yield "many attributes", svg("<g " + " ".join(f"a{number}=''" for number in range(50_000)) + "/>")
    yield "many namespaces", svg("<g " + " ".join(f"xmlns:a{number}='u'" for number in range(30_000)) + "/>")
    yield "an attribute twice", svg(element, "a='1' a='2'")
    yield "many lesser than", b"<" * BIG
    yield "comments without an end", b"<!--" * BIG
    yield "instructions without an end", b"<?" * BIG
    yield "an encoding of 7 bits", svg(element, start='<?xml version="1.0" encoding="UTF-7"?>')
    yield "an encoding of no name", svg(element, start='<?xml version="1.0" encoding="x-none"?>')
    yield "in utf-16", svg(element).decode().encode("utf-16")
    yield "cut off", svg(element)[:-8]
    yield "another root", b"<html>" + svg(element) + b"</html>"
    active = {
        "a script": "<script>1</script>",
        "a script of another namespace": "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>1</x:script>",
        "a foreign object": "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        "a handler": "<g onload='alert(1)'/>",
        "a handler in capitals": "<g ONLOAD='alert(1)'/>",
        "a link to a script": "<a href=' javascript:alert(1)'/>",
        "an outer picture": "<image href='http://127.0.0.1/x.png'/>",
        "an outer use": "<use href='https://x.example/#a'/>",
        "an outer style": "<g style='fill:url(https://x.example/)'/>",
        "an outer import": "<style>@import 'https://x.example/';</style>",
        "an animated link": "<a><set attributeName='href' to='javascript:alert(1)'/></a>",
        "a frame": "<iframe xmlns='http://www.w3.org/1999/xhtml' src='https://x.example/'/>",
    }
    for name, markup in active.items():
        yield name, svg(element + markup)


def _tokens(world: World) -> Named:
    kid = {"kid": f"{world.unit.id}#key-1"}
    headers: dict[str, dict[str, Any]] = {
        **{f"alg {name}": {"alg": name} for name in ("none", "None", "HS256", "RS256", "ES256", "PS256", "", "eddsa")},
        **{f"alg as {type(value).__name__}": {"alg": value} for value in (["EdDSA"], 1, {"a": 1}, True)},
        "no alg": {"alg": None},
        "an own key": {"kid": None, "jwk": world.university_key.public_key.jwk},
        "an own key beside the name": {"jwk": world.university_key.public_key.jwk},
        "an own key with its secret": {"kid": None, "jwk": world.university_key.private_jwk},
        "an own address of keys": {"kid": None, "jku": "http://127.0.0.1/keys"},
        "an own certificate": {"kid": None, "x5u": "http://127.0.0.1/x", "x5c": ["AA=="]},
        "critical": {"crit": ["b64"], "b64": False},
        "critical and empty": {"crit": []},
        "no kid": {"kid": None},
        "kid of another": {"kid": f"{world.university.id}#key-1"},
        "kid of a loopback": {"kid": "http://127.0.0.1/key"},
        "kid of a file": {"kid": "file:///etc/passwd"},
        "kid with a way up": {"kid": "did:web:uni.example:..:x#key-1"},
        "kid for a database": {"kid": "' OR 1=1 --"},
        "typ of an identity token": {"typ": "id_token+jwt"},
    }
    for name, header in headers.items():
        yield name, token_of(world, header=header).encode()
    yield "another key", token_of(world, key=world.university_key).encode()
    for name, claim in {
        **{
            "another iss": {"iss": world.university.id},
            "no iss": {"iss": None},
            "iss as array": {"iss": [world.unit.id]},
        },
        **{"another jti": {"jti": "urn:uuid:1"}, "another sub": {"sub": "did:key:z"}, "nbf as text": {"nbf": "1"}},
        **{"exp long ago": {"exp": 1}, "a vc beside": {"vc": unsigned(world)}},
        **{"nbf in the far future": {"nbf": 4_000_000_000}, "an unknown claim": {"motto": "x"}},
    }.items():
        yield name, token_of(world, claims=claim).encode()
    head, payload, value = token_of(world).split(".")
    said = json.dumps(kid | {"alg": "EdDSA"})
    yield "no signature", f"{head}.{payload}.".encode()
    yield "no payload", f"{head}..{value}".encode()
    yield "four parts", f"{head}.{payload}.{value}.{value}".encode()
    yield "padding", f"{head}.{payload}.{value}==".encode()
    yield "loose last bits", f"{head}.{payload}.{value[:-1]}{'B' if value[-1] != 'B' else 'C'}".encode()
    yield "the other alphabet", f"{head}.{payload}.+/{value[2:]}".encode()
    yield "a line break inside", f"{head}.{payload[:40]}\n{payload[40:]}.{value}".encode()
    yield "a header of 100 KB", written(world.key, said[:-1] + ',"a":"' + "a" * 100_000 + '"}', "{}").encode()
    yield "a header with alg twice", written(world.key, said[:-1] + ',"alg":"none"}', "{}").encode()
    yield "a header that is no JSON", f"{base64url.encode(b'x')}.{payload}.{value}".encode()
    yield "a payload that is no object", written(world.key, said, "[]").encode()
    yield "a payload that goes deep", written(world.key, said, "[" * 20_000 + "]" * 20_000).encode()
    yield "a payload with a name twice", written(world.key, said, '{"id":"a","id":"b"}').encode()


def _records(world: World) -> Named:
    good, other = world.document, {**world.document, "name": "Another"}

    def nested(depth: int) -> dict[str, Any]:
        inner: Any = good
        for number in range(depth):
            inner = proved(world, record(world, inner, id=f"https://uni.example/records/{number}"))
        return dict(inner)

    found: dict[str, Any] = {
        "not signed": record(world),
        "a badge in it was changed": proved(world, record(world, other)),
        "a good and a changed one": proved(world, record(world, good, other)),
        "signed by another": proved(world, record(world), key=world.university_key),
        "changed after it was signed": {**proved(world, record(world)), "name": "Another"},
        "a badge added after it was signed": _with(proved(world, record(world)), good),
        "no badge in it": proved(world, record(world, credentialSubject={"type": ["ClrSubject"]})),
        "a text in place of a badge": proved(world, record(world, "eyJ.eyJ.x")),
        "sixty-one badges": proved(world, record(world, *[good] * 61)),
        "a record in a record, five deep": nested(5),
        "no name": proved(world, record(world, name=None)),
        "no issuer": record(world, issuer=None),
        "no date": proved(world, record(world, validFrom=None)),
        "not yet valid": proved(world, record(world, validFrom="2099-01-01T00:00:00Z")),
        "no longer valid": proved(world, record(world, validUntil="2027-05-01T10:00:00Z")),
        "contexts in another order": record(world, **{"@context": list(reversed(record(world)["@context"]))}),
        "the context of no record": record(world, **{"@context": [VC_2, OB_3]}),
        "the context of a record first": record(world, **{"@context": [CLR, CLR, VC_2, OB_3]}),
        "a term of no context": record(world, motto="x"),
        "five proofs": {**record(world), "proof": [proved(world, record(world))["proof"]] * 5},
        "a proof that is a text": {**record(world), "proof": "x"},
        "a badge without a proof": proved(world, record(world, unsigned(world))),
    }
    for name, document in found.items():
        yield name, json.dumps(document).encode()


def _with(document: dict[str, Any], badge: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    changed["credentialSubject"]["verifiableCredential"].append(badge)
    return changed


def main() -> None:
    """Write the table anew."""
    world = World()
    TABLE.parent.mkdir(exist_ok=True)
    lines = [f"{json.dumps(name)}: {json.dumps(told(world.verify(data)))}" for name, data in files(world).items()]
    TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
