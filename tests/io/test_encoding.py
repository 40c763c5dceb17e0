"""Bytes to text: UTF-8 with a few stray bytes stays UTF-8, and what is another encoding is that."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse._io.encoding import _WINDOWS_1252, to_text, tolerant

PAGE = (
    "Eine Brücke\n\nDie Stadt baut – endlich – eine Brücke.\n\n3 Kommentare\n\n"
    "  1. Schön, „großartig“.\n\n    • Für wen?\n\n  2. Café?\n"
)


def test_one_stray_byte_makes_no_mojibake():
    data = PAGE.encode().replace("Café".encode(), b"Caf\xe9")
    reading = discourse.parse(data)
    assert reading.threads == discourse.parse(PAGE).threads
    (problem,) = (p for p in reading.problems if p.kind == "encoding")
    assert problem.message == "1 byte is not UTF-8: decoded as windows-1252"
    assert problem.place.offset == data.index(b"\xe9")


def test_stray_bytes_are_counted_and_the_first_is_told():
    data = ("ü" * 10).encode() + b"a\x93b\x94" + "ü".encode()
    text, (problem,) = to_text(data)
    assert text == "ü" * 10 + "a“b”ü"
    assert problem.message == "2 bytes are not UTF-8: decoded as windows-1252"
    assert problem.place.offset == 21


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode("cp1252"),
        b"caf\xe9",
        "ü".encode() + b" caf\xe9",  # one of each: not enough to be sure
        "üüü".encode() + b" caf\xe9",
        "café É» ".encode("cp1252") * 9,  # the capital and the mark look like one character
    ],
)
def test_what_is_not_mostly_utf_8_is_windows_1252_throughout(data):
    text, (problem,) = to_text(data)
    assert text == "".join(_WINDOWS_1252[byte] for byte in data)
    assert problem.kind == "encoding" and problem.place.offset is not None


@given(st.text(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]), min_size=4), st.data())
def test_a_stray_byte_anywhere_changes_nothing_else(text, data):
    at = data.draw(st.integers(0, len(text)))
    before, after = (part.encode() for part in (text[:at], text[at:]))
    found, (problem,) = to_text(before + b"\xff " + after)
    assert found == f"{text[:at]}ÿ {text[at:]}".removeprefix("\ufeff")
    assert problem.place.offset == len(before) or text.startswith("\ufeff")


def one_by_one(data, *, final):
    """The same by the definition: decode up to what does not fit, take a byte, go on."""
    text, odd, at = "", [], 0
    while True:
        try:
            more, used = codecs.utf_8_decode(data[at:], "strict", final)
        except UnicodeDecodeError as error:
            wrong = at + error.start
            text += data[at:wrong].decode() + _WINDOWS_1252[data[wrong]]
            odd.append(wrong)
            at = wrong + 1
        else:
            return text + more, data[at + used :], odd


pieces = st.sampled_from(
    [
        *("é".encode(), "€".encode(), "😀".encode()),
        b"a",
        b"\xe9",
        b"\xc3",
        b"\xa9",
        b"\xe2\x80",
        b"\xed\xa0\x80",
        b"\xf0\x9f",
        b"\xff",
        b"\xc0\x80",
    ]
)


@given(st.binary(max_size=60) | st.lists(pieces, max_size=30).map(b"".join), st.booleans())
def test_bytes_that_are_no_utf_8_are_taken_one_by_one(data, final):
    assert tolerant(data, final=final) == one_by_one(data, final=final)


def test_a_flood_of_stray_bytes_is_read_in_linear_time(many):
    data = b"<rss>" + b"\xe9a" * many
    text, (problem,) = to_text(data)
    assert text == "<rss>" + "éa" * many
    assert problem.message.startswith(f"{many:,} bytes")
