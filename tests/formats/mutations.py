"""Damage an input as transfers, editors and attackers do: for the tests and for `bench/fuzz.py`."""

import random
import re

_PIECE = re.compile(rb"<[^<>]{0,200}>|\"[^\"\n]{0,100}\"\s*:|[{}\[\],:]|\n|[^<>{}\[\]\",:\n]{1,80}")
_SCRAPS = (
    b"", b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"<", b">", b"&", b"&#x110000;", b"&lt",
    b"<!--", b"]]>", b"<![CDATA[", b"<!DOCTYPE x [<!ENTITY e 'e'>]>", b"{", b"}", b"[", b"]", b",",
    b'"', b"\\", b"null", b"true", b"-1", b"1e999", b"NaN", b"9" * 400, b'""', b'"\\ud800"', b"{}",
    b"[]", b"[" * 200, b"<ul><li>" * 100, b"\n", b"\r", b"\t", b"0000-00-00", b"\xe2\x80\xae",
)  # fmt: skip


def mutated(data: bytes, draw: random.Random) -> bytes:
    """Return *data* with one to three faults: cut, doubled, or a piece taken out, swapped or put in.

    A piece is a byte, a tag, a key, a bracket, a word or a line.
    """
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        data = _FAULTS[draw.randrange(len(_FAULTS))](data, draw)
    return data


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def _doubled(data: bytes, draw: random.Random) -> bytes:
    begin, end = _range(data, draw)
    return data[:end] + data[begin:end] + data[end:]


def _byte(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    scrap = bytes([draw.randrange(256)]) if draw.random() < 0.5 else b""
    return data[:at] + scrap + data[at + 1 :]


def _put_in(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.choice(_SCRAPS) + data[at:]


def _taken_out(data: bytes, draw: random.Random) -> bytes:
    begin, end = _piece(data, draw)
    return data[:begin] + data[end:]


def _replaced(data: bytes, draw: random.Random) -> bytes:
    begin, end = _piece(data, draw)
    return data[:begin] + draw.choice(_SCRAPS) + data[end:]


def _swapped(data: bytes, draw: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_piece(data, draw), _piece(data, draw)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _line(data: bytes, draw: random.Random) -> bytes:
    begin = data.rfind(b"\n", 0, draw.randrange(len(data) + 1)) + 1
    end = data.find(b"\n", begin) + 1 or len(data)
    return data[:begin] + data[end:]


def _range(data: bytes, draw: random.Random) -> tuple[int, int]:
    begin = draw.randrange(len(data) + 1)
    return begin, min(len(data), begin + draw.choice((1, 10, 100, 1_000, len(data))))


def _piece(data: bytes, draw: random.Random) -> tuple[int, int]:
    match = _PIECE.search(data, draw.randrange(len(data) + 1))
    return match.span() if match else (len(data), len(data))


_FAULTS = (_cut, _doubled, _byte, _put_in, _taken_out, _taken_out, _replaced, _swapped, _line)
