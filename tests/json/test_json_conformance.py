"""RFC 8259, case by case: what every reader must take (y), must refuse (n), and may choose (i).

Each case is read as the whole document, which it never is, and inside a document's ``meta``.
"""

import pytest

from discourse import DecodeError
from discourse.json import SCHEMA, loads

YES = {
    "integer": "7",
    "minus": "-7",
    "minus zero": "-0",
    "fraction": "0.25",
    "exponent": "1E+2",
    "small": "2e-7",
    "long fraction": "0." + "0" * 70 + "1",
    "true": "true",
    "false": "false",
    "null": "null",
    "empty string": '""',
    "escapes": r'"\"\\\/\b\f\n\r\t"',
    "escaped NUL": r'"\u0000"',
    "escaped letter": r'"\u00e9"',
    "escaped pair": r'"\ud83d\ude00"',
    "two backslashes before a u": r'"\\ud800"',
    "letters as they are": '"é€😀"',
    "separators of lines": '"\u2028\u2029\u0085"',
    "delete": '"\x7f"',
    "not a character": '"\uffff"',
    "mark inside": '"\ufeff"',
    "empty array": "[]",
    "empty object": "{}",
    "spaces": " [ 1 ,\t2\n,\r3 ] ",
    "empty key": '{"":1}',
    "keys that differ by escapes only seemingly": r'{"a":1,"\u0062":2}',
    "nested": '[[[{"a":[{}]}]]]',
    "large integer": "9007199254740993",
    "larger integer": "100000000000000000000",
    "sixty levels": "[" * 60 + "]" * 60,
}
NO = {
    "nothing": "",
    "word": "yes",
    "capital word": "True",
    "single quotes": "'a'",
    "no quotes": "{a:1}",
    "number as key": "{1:1}",
    "no colon": '{"a" 1}',
    "two colons": '{"a"::1}',
    "no value": '{"a":}',
    "comma only": "[,]",
    "trailing comma": "[1,]",
    "leading comma": "[,1]",
    "two commas": "[1,,2]",
    "trailing comma in an object": '{"a":1,}',
    "colon in an array": "[1:2]",
    "open array": "[1",
    "open object": '{"a":1',
    "open string": '"a',
    "wrong bracket": "[1}",
    "too many brackets": "[]]",
    "plus": "+1",
    "leading zero": "01",
    "minus leading zero": "-01",
    "bare point": "1.",
    "no digit before the point": ".5",
    "bare exponent": "1e",
    "bare exponent sign": "1e+",
    "two points": "1.2.3",
    "hexadecimal": "0x1F",
    "underscore": "1_000",
    "minus only": "-",
    "minus and space": "- 1",
    "NaN": "NaN",
    "minus NaN": "-NaN",
    "Infinity": "Infinity",
    "minus Infinity": "-Infinity",
    "inf": "inf",
    "full-width digit": "１",
    "Arabic digit": "٣",
    "raw newline": '"a\nb"',
    "raw tab": '"a\tb"',
    "raw NUL": '"a\x00b"',
    "raw unit separator": '"a\x1fb"',
    "unknown escape": r'"\x41"',
    "escaped quote": r'"\'"',
    "short escape": r'"\u12"',
    "no hexadecimal digit": r'"\u00G0"',
    "escape at the end": '"\\"',
    "comment": "/* a */1",
    "line comment": "1 // a",
    "hash": "1 # a",
    "no-break space": "\u00a01",
    "form feed": "\f1",
    "vertical tab": "1\v",
    "mark before": "\ufeff1",
    "two values": "1 2",
    "two objects": "{}{}",
    "NUL after": "1\x00",
    "semicolon": "1;",
}
EITHER = {  # refused here: each would lose something, or be read as something else elsewhere
    "a key twice": '{"a":1,"a":2}',
    "a key twice, once escaped": r'{"a":1,"\u0061":1}',
    "first half of a pair": r'"\ud800"',
    "second half of a pair": r'"\udc00"',
    "halves the wrong way round": r'"\udc00\ud800"',
    "half and a letter": r'"\ud800a"',
    "half and an escape": r'"\ud800\n"',
    "half as a key": r'{"\udfff":1}',
    "too large a number": "1e400",
    "too large a number, minus": "-1.5e+9999",
    "a thousand levels": "[" * 1000 + "]" * 1000,
    "a hundred thousand levels": "[" * 100_000 + "]" * 100_000,
    "five thousand digits": "7" * 5000,
}


def inside(case):
    return f'{{"schema":"{SCHEMA}","meta":{{"value":{case}}}}}'


@pytest.mark.parametrize("case", YES.values(), ids=YES.keys())
def test_what_must_be_read_is_read(case):
    assert "value" in loads(inside(case)).meta
    assert loads(inside(case).encode()) == loads(inside(case))
    with pytest.raises(DecodeError, match=r"^\$"):  # the text is fine, and no document
        loads(case)


@pytest.mark.parametrize("case", NO.values(), ids=NO.keys())
def test_what_must_be_refused_is_refused(case):
    for data in (case, case.encode(), inside(case), inside(case).encode()):
        with pytest.raises(DecodeError) as caught:
            loads(data)
        assert caught.value.place.offset is not None


@pytest.mark.parametrize("case", EITHER.values(), ids=EITHER.keys())
def test_what_may_be_refused_is_refused(case):
    for data in (case, case.encode(), inside(case), inside(case).encode()):
        with pytest.raises(DecodeError) as caught:
            loads(data)
        assert caught.value.place.offset is not None


def test_a_number_too_small_is_zero_as_ieee_has_it():
    assert loads(inside("1e-400")).meta["value"] == 0.0
