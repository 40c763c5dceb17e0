"""Words of any script, and their folded form for comparison."""

import re
import unicodedata
from functools import lru_cache

#: Scripts without spaces between words, or with endings attached to names (Hangul). Each character
#: is a word: Thai, Lao, Myanmar, Khmer, kana, Han, Hangul with its parts.
WIDE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3041-\u3098\u309b-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
#: Marks that belong to the letter before them, and the joiners inside words.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff"
    "\u00ad\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
#: One character of such a script; a Hangul syllable also if decomposed into two or three parts.
ONE_WIDE = f"(?:[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|[{WIDE}])[{MARKS}]*"

#: A word: letters and digits with their marks, or one character of a script without spaces.
#: Possessive quantifiers keep patterns that end in a condition linear.
WORD = re.compile(f"[^\\W_{WIDE}](?:[^\\W_{WIDE}]++|[{MARKS}]++)*+|{ONE_WIDE}")
_ASCII_WORD = re.compile("[a-z0-9]+")
_IGNORED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+")
_PIECE = 256


def words(text: str) -> list[str]:
    """Return the folded words of a text. O(n)."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [word.lower() if word.isascii() else fold(word) for word in WORD.findall(text)]


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return a word without case, accents, invisible characters and width.

    >>> fold("Zoë") == fold("ZOE") == fold("zoe\u0308")
    True
    """
    if word.isascii():
        return word.lower()
    folded = _IGNORED.sub("", word).casefold()
    # Sorting the marks of one letter takes quadratic time. They are dropped below, so a long word
    # can be normalised in pieces.
    pieces = (folded[at : at + _PIECE] for at in range(0, len(folded), _PIECE))
    plain = "".join(unicodedata.normalize("NFKD", piece) for piece in pieces)
    plain = plain.replace("ı", "i")  # whose capital is I
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return bare.casefold() or plain
