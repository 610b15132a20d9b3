import io
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadgekit import svg
from openbadgekit.baking import MOST_PICTURE, Baked, bake, is_picture, prepare_picture, unbake
from openbadgekit.errors import BadgeError, Malformed, Unsafe
from openbadgekit.png import chunks
from tests.openbadgekit.pictures import SVG, chunk, itxt, png

JWS = "eyJhbGciOiJSUzI1NiJ9.eyJpZCI6MX0.c2ln"
ASSERTION = '{"id":"https://uni.example/badges/1/ob2.json"}'

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60)
badges = st.dictionaries(texts, texts | st.lists(texts, max_size=3) | st.integers(-9, 9), max_size=4)


def without_del(badge):
    """Write a badge without U+007F; two names that are one without it become one."""
    text = json.dumps(badge, ensure_ascii=False).replace("\x7f", "")
    return json.dumps(json.loads(text), ensure_ascii=False)


@given(badges, st.sampled_from(["2.0", "3.0"]), st.sampled_from([0, 2, 6]), st.booleans())
def test_what_goes_into_a_png_comes_out_again(badge, standard, colour, spread):
    text = json.dumps(badge, ensure_ascii=False, indent=2 if spread else None)
    picture = png(chunk(b"tEXt", b"Title\x00x"), colour=colour, after=b"left over")
    baked = bake(picture, text, standard)
    assert unbake(baked) == Baked(standard, text)


@given(badges, st.sampled_from(["2.0", "3.0"]))
def test_what_goes_into_an_svg_comes_out_as_the_same_json(badge, standard):
    text = without_del(badge)
    address = "https://uni.example/a?b=1&c=\"<2>'" if standard == "2.0" else None
    baked = unbake(bake(SVG, text, standard, address=address))
    assert (baked.standard, baked.address) == (standard, address)
    assert json.loads(baked.text) == json.loads(text)


@given(st.sampled_from(["]]>", "]]", "]]>]]>", "]]]]>", "<![CDATA[", "&amp;<b>", "]]&gt;"]))
def test_an_svg_holds_what_would_end_its_cdata(awkward):
    text = json.dumps({"id": "https://uni.example/1", "a": awkward})
    assert unbake(bake(SVG, text, "2.0")).text == text


def test_baking_a_png_only_inserts():
    picture = png(chunk(b"gAMA", b"\x00\x00\xb1\x8f"))
    baked = bake(picture, ASSERTION, "2.0")
    inserted = itxt(b"openbadges", ASSERTION.encode())
    assert baked.replace(inserted, b"") == picture
    assert baked.count(inserted) == 1


def test_baking_an_svg_only_inserts():
    baked = bake(SVG, '{"a":1}', "3.0").decode()
    assert (
        baked.replace(' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"', "").replace(
            '<openbadges:credential><![CDATA[{"a":1}]]></openbadges:credential>', ""
        )
        == SVG.decode()
    )


def test_the_third_standard_has_its_own_keyword():
    assert b"iTXtopenbadgecredential\x00\x00\x00\x00\x00{" in bake(png(), "{}", "3.0")


def test_a_jws_goes_into_the_attribute_of_an_svg():
    baked = bake(SVG, JWS, "3.0")
    assert f'<openbadges:credential verify="{JWS}"></openbadges:credential>'.encode() in baked
    assert unbake(baked) == Baked("3.0", JWS)


def test_a_hosted_badge_in_an_svg_carries_its_address():
    assert unbake(bake(SVG, ASSERTION, "2.0")) == Baked("2.0", ASSERTION, "https://uni.example/badges/1/ob2.json")
    with pytest.raises(Malformed, match="needs its web address"):
        bake(SVG, "{}", "2.0")


def test_an_svg_with_nothing_but_an_address_is_read():
    picture = bake(SVG, ASSERTION, "2.0").replace(b"<![CDATA[" + ASSERTION.encode() + b"]]>", b"")
    assert unbake(picture) == Baked("2.0", "", "https://uni.example/badges/1/ob2.json")


@pytest.mark.parametrize(
    "picture",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<s:svg xmlns:s="http://www.w3.org/2000/svg"></s:svg>',
        b'\xef\xbb\xbf<svg xmlns="http://www.w3.org/2000/svg"><g id="&amp;"/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><g/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><a href="https://uni.example/"><g fill="url(#a)"/></a></svg>',
    ],
)
def test_other_ways_to_write_an_svg(picture):
    assert unbake(bake(picture, ASSERTION, "2.0")).text == ASSERTION


@pytest.mark.parametrize("picture", [png(), SVG])
def test_a_picture_holds_one_badge_only(picture):
    once = bake(picture, ASSERTION, "2.0")
    for standard in ("2.0", "3.0"):
        with pytest.raises(Malformed, match="holds a badge already"):
            bake(once, ASSERTION, standard)


def test_a_second_badge_chunk_is_refused():
    for second in (b"openbadges", b"openbadgecredential"):
        with pytest.raises(Malformed, match="more than one badge"):
            unbake(png(itxt(b"openbadges", b"{}"), itxt(second, b"{}")))


def test_a_picture_without_a_badge_says_so():
    for picture in (png(itxt(b"Comment", b"hello")), SVG):
        with pytest.raises(Malformed, match="There is no badge in this picture"):
            unbake(picture)


def test_a_compressed_badge_is_read():
    assert unbake(png(itxt(b"openbadges", ASSERTION.encode(), compressed=True))).text == ASSERTION


def test_a_bomb_is_not_inflated():
    with pytest.raises(Unsafe, match="256 KB"):
        unbake(png(itxt(b"openbadges", b" " * 50_000_000, compressed=True)))


def test_another_chunk_is_never_inflated():
    bomb = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b" " * 1_000_000)[:-9])
    assert unbake(png(bomb, itxt(b"openbadges", b"{}"))).text == "{}"


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (png()[:-5], "cut short"),
        (png()[:20], "cut short"),
        (png().replace(b"IDAT", b"IDAU"), "checksum"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", b"") + png()[8:], "header"),
        (png(chunk(b"IHDR", b"")), "header"),
        (png(chunk(b"tEXt", b"openbadges\x00{}")), "kind iTXt"),
        (png(chunk(b"iTXt", b"openbadges\x00\x02\x00\x00\x00{}")), "not well-formed"),
        (png(chunk(b"iTXt", b"openbadges\x00\x00\x00")), "not well-formed"),
        (png(itxt(b"openbadges", b"\xff")), "UTF-8"),
        (png(chunk(b"iTXt", b"openbadges\x00\x01\x00\x00\x00junk")), "damaged"),
        (png(chunk(b"iTXt", b"openbadges\x00\x01\x09\x00\x00junk")), "unknown way"),
        (png(chunk(b"iTXt", b"openbadges\x00\x01\x00\x00\x00" + zlib.compress(b"{}")[:-3])), "cut short"),
        (b"GIF89a", "neither"),
        (b"", "neither"),
        (b"<html/>", "not an SVG"),
        (b"<svg", "well-formed"),
    ],
)
def test_a_damaged_picture_is_refused(picture, words):
    with pytest.raises(Malformed, match=words):
        unbake(picture)


@pytest.mark.parametrize(
    "harm",
    [
        "<script>1</script>",
        '<g onload="x()"/>',
        "<foreignObject/>",
        '<image href="https://evil.example/a.png"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//evil.example/a.png"/>',
        '<use href="data:image/svg+xml,x"/>',
        '<a href="javascript:x()"/>',
        '<a href=" java\tscript:x()"/>',
        "<style>@import 'https://evil.example/a.css'</style>",
        "<style>a{background:url(https://evil.example/a)}</style>",
        "<g style=\"fill:url( '//evil.example' )\"/>",
        '<g fill="URL(https://evil.example/a#b)"/>',
        '<set attributeName="xlink:href" to="x"/>',
    ],
)
def test_an_active_svg_is_refused(harm):
    picture = SVG.replace(b"</svg>", harm.encode() + b"</svg>")
    baked = bake(SVG, ASSERTION, "2.0").replace(b"</svg>", harm.encode() + b"</svg>")
    with pytest.raises(Unsafe):
        bake(picture, ASSERTION, "2.0")
    with pytest.raises(Unsafe):
        unbake(baked)


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE svg PUBLIC "x" "https://evil.example/svg.dtd">',
        b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<?xml-stylesheet href="https://evil.example/a.css"?>',
    ],
)
def test_document_types_entities_and_style_sheets_are_refused(head):
    with pytest.raises(Unsafe):
        unbake(head + b'<svg xmlns="http://www.w3.org/2000/svg"/>')


def test_a_badge_elsewhere_in_the_svg_is_refused():
    inner = b'<openbadges:assertion xmlns:openbadges="http://openbadges.org">{}</openbadges:assertion>'
    with pytest.raises(Malformed, match="directly below svg"):
        unbake(SVG.replace(b"</svg>", b"<g>" + inner + b"</g></svg>"))
    with pytest.raises(Malformed, match="more than one"):
        unbake(SVG.replace(b"</svg>", inner + inner + b"</svg>"))
    with pytest.raises(Malformed, match="is empty"):
        unbake(SVG.replace(b"</svg>", inner.replace(b"{}", b" ") + b"</svg>"))


def test_a_prefix_that_means_something_else_is_refused():
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="urn:other"/>'
    with pytest.raises(Malformed, match="prefix openbadges"):
        bake(picture, ASSERTION, "2.0")


@pytest.mark.parametrize("badge", ["", "[]", "not json", "{", b"\xff", "{} {}", '{"a":1,"a":2}'])
def test_what_is_no_badge_is_not_baked(badge):
    with pytest.raises(BadgeError):
        bake(png(), badge, "3.0")


def test_other_pictures_and_large_ones_are_refused():
    with pytest.raises(Malformed, match="PNG and SVG"):
        bake(b"GIF89a", ASSERTION, "2.0")
    with pytest.raises(Unsafe, match="256 KB"):
        bake(png(), json.dumps({"a": "x" * 300_000}), "3.0")
    with pytest.raises(Unsafe, match="larger than"):
        unbake(png() + b"\x00" * 10_000_001)


@settings(max_examples=300)
@given(st.data())
def test_no_damage_raises_anything_but_our_errors(data):
    picture = bytearray(data.draw(st.sampled_from([bake(png(), ASSERTION, "3.0"), bake(SVG, ASSERTION, "2.0")])))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(picture) - 1))
        picture[place : place + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    try:
        found = unbake(bytes(picture))
    except BadgeError:
        return
    assert found.text or found.address


def test_the_pixels_can_still_be_seen_by_others():
    png_module = pytest.importorskip("png", reason="pypng is not installed")
    baked = bake(png(), ASSERTION, "2.0")
    width, height, rows, _ = png_module.Reader(file=io.BytesIO(baked)).read()
    assert (width, height, [list(row) for row in rows]) == (1, 1, [[127, 127, 127]])


@pytest.mark.parametrize("plain", [png(after=b"left over"), SVG])
@given(badges, st.sampled_from(["2.0", "3.0"]))
def test_a_picture_is_read_once_and_carries_any_number_of_badges(plain, badge, standard):
    text, address = json.dumps(badge), "https://uni.example/1"
    ready = prepare_picture(plain)
    for _ in range(2):
        baked = ready.bake(text, standard, address=address)
        assert baked == bake(plain, text, standard, address=address)
        assert b"".join(ready.stream(text, standard, address=address)) == baked


def test_a_png_is_streamed_without_a_copy():
    plain = png()
    before, inserted, after = prepare_picture(plain).stream(ASSERTION, "2.0")
    assert inserted == itxt(b"openbadges", ASSERTION.encode())
    assert isinstance(before, memoryview) and isinstance(after, memoryview)
    assert before.obj is plain and after.obj is plain


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "us-ascii", "UTF-8", "koi8-r"])
@given(badges)
def test_a_picture_in_another_encoding_carries_the_same_json(encoding, badge):
    plain = f"<?xml version='1.0' encoding='{encoding}'?><svg xmlns='http://www.w3.org/2000/svg'/>".encode()
    text = without_del(badge)
    assert json.loads(unbake(bake(plain, text, "3.0")).text) == json.loads(text)


@pytest.mark.parametrize("address", ["https://a/\n", "https://a/ b", "https://a/\ud800", "ftp://a/", "https://a\x00"])
def test_an_address_that_xml_cannot_hold_is_refused(address):
    with pytest.raises(Malformed, match="web address"):
        bake(SVG, ASSERTION, "2.0", address=address)


def test_a_svg_whose_beginning_is_not_understood_is_refused():
    with pytest.raises(Malformed, match="UTF-8"):
        bake(
            b"<?xml version='1.0' encoding='latin-1'?><svg xmlns='http://www.w3.org/2000/svg' id='\xe9'/>", "{}", "3.0"
        )


def test_a_baked_picture_is_never_larger_than_what_can_be_read_again():
    plain = png()
    plain += b"\x00" * (MOST_PICTURE - len(plain))
    with pytest.raises(Unsafe, match="with the badge in it"):
        bake(plain, ASSERTION, "3.0")


def test_a_badge_without_a_place_says_so_each_time():
    ready = prepare_picture(b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"/>')
    assert unbake(ready.bake(ASSERTION, "2.0")).text == ASSERTION
    for _ in range(2):
        with pytest.raises(Malformed, match="prefix openbadges"):
            ready.bake(ASSERTION, "3.0")


def test_what_is_a_picture_is_told_from_its_first_bytes():
    assert is_picture(png()) and is_picture(SVG) and is_picture(b"\xef\xbb\xbf <svg/>")
    assert not is_picture(b'{"a":1}') and not is_picture(b"")


@pytest.mark.parametrize("name", [b"ID1T", b"\x00\x00\x00\x00", b"IDA\xc4"])
def test_a_chunk_without_a_proper_name_is_refused(name):
    with pytest.raises(Malformed, match="proper name"):
        unbake(png(chunk(name, b"")))


def test_a_picture_of_too_many_chunks_is_refused():
    with pytest.raises(Unsafe, match="20000 chunks"):
        unbake(png(*[chunk(b"tEXt", b"")] * 20_000))


def test_a_large_badge_in_an_svg_is_refused():
    with pytest.raises(Unsafe, match="256 KB"):
        unbake(bake(SVG, "{}", "3.0").replace(b"[{}]", b"[{" + b" " * 300_000 + b"}]"))
    with pytest.raises(Unsafe, match="256 KB"):
        unbake(png(itxt(b"openbadges", b" " * 300_000)))


@pytest.mark.parametrize(
    "beginning",
    [
        b"<s\xc3\xa4:svg xmlns:s\xc3\xa4='http://www.w3.org/2000/svg'/>",
        b"<s\xc2\xb7:svg xmlns:s\xc2\xb7='http://www.w3.org/2000/svg'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' a\xc2\xb7='1'/>",
    ],
)
def test_rare_names_in_an_svg_find_their_place_or_are_refused(beginning):
    try:
        baked = bake(beginning, ASSERTION, "2.0")
    except Malformed as error:
        assert "svg element" in error.message
    else:
        assert unbake(baked).text == ASSERTION


def test_a_picture_that_may_change_is_read_each_time():
    for plain in (bytearray(png()), bytearray(SVG)):
        assert unbake(bake(plain, ASSERTION, "2.0")).text == ASSERTION
        plain[-20:] = b""
        with pytest.raises(Malformed):
            bake(plain, ASSERTION, "2.0")


def test_two_pictures_in_turn_are_never_mixed_up():
    first, second = png(colour=0), png(colour=6)
    for _ in range(2):
        for plain in (first, first, second, SVG, SVG):
            inserted = prepare_picture(plain).stream(ASSERTION, "2.0")[1]
            assert (
                bake(plain, ASSERTION, "2.0")
                .replace(inserted, b"")
                .replace(b' xmlns:openbadges="http://openbadges.org"', b"")
                == plain
            )


def test_a_character_that_no_xml_can_hold_is_refused_in_an_svg_alone():
    awkward = json.dumps({"id": "https://uni.example/1", "a": "\x7f\u0080"}, ensure_ascii=False)
    assert json.loads(unbake(bake(SVG, awkward, "2.0")).text) == json.loads(awkward)
    with pytest.raises(Malformed, match=r"U\+0001"):
        svg.cdata("\x01")
    with pytest.raises(Malformed, match="not a PNG"):
        list(chunks(SVG))


@pytest.mark.parametrize("space", [" ", "\t", "\n"])
@pytest.mark.parametrize(("before", "after"), [("<style>a{b:url(", "#c)}</style>"), ('<g fill="url(', '#c)"/>')])
def test_a_long_run_of_spaces_costs_no_more_than_its_length(space, before, after):
    wide = SVG.replace(b"</svg>", (before + space * 400_000 + after).encode() + b"</svg>")
    assert unbake(bake(wide, ASSERTION, "2.0")).text == ASSERTION


@pytest.mark.parametrize("style", ["url(#a)", "url( '#a' )", 'url("#a")', "url('')", "url(data:image/png;base64,AA)"])
def test_what_points_into_the_picture_itself_is_let_pass(style):
    inner = SVG.replace(b"</svg>", f"<style>a{{fill:{style}}}</style></svg>".encode())
    assert unbake(bake(inner, ASSERTION, "2.0")).text == ASSERTION


@pytest.mark.parametrize(
    "style", ["url(a)", "url( a)", "url('a')", "url( ' //evil.example')", "URL()", "expression (1)", "\\75rl(a)"]
)
def test_what_points_out_of_the_picture_is_refused(style):
    outer = SVG.replace(b"</svg>", f"<style>a{{fill:{style}}}</style></svg>".encode())
    with pytest.raises(Unsafe, match="outside"):
        bake(outer, ASSERTION, "2.0")


@pytest.mark.parametrize("many", [b"<g/>" * 100_000, b"<g " + b" ".join(b"a%d=''" % n for n in range(300_000)) + b"/>"])
def test_a_picture_of_too_many_parts_is_not_built(many):
    with pytest.raises(Unsafe, match="too many"):
        bake(SVG.replace(b"</svg>", many + b"</svg>"), ASSERTION, "2.0")
