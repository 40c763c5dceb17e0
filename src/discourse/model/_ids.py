"""Turn the raw ids of a source into the model's: once, at the edge, by one rule for all readers."""

import math
from collections.abc import Container

from ..errors import shown

#: What sources write where there is no parent, beside None and the comment's or article's own id.
_ROOT_WORDS = frozenset({"", "0", "root", "none", "null", "nan", "-1"})


def id_text(raw: object) -> str | None:
    """Return the id that *raw* stands for as exact text; None where it stands for none.

    An integer becomes its decimal digits. A float that is one exactly (as pandas makes of integers
    beside missing values) does too, below 2**53; above, its last digits are already lost, and it is
    refused like everything else that cannot be an id.

    >>> id_text(9007199254740993), id_text(12.0), id_text(float("nan"))
    ('9007199254740993', '12', None)
    """
    if raw is None or (isinstance(raw, float) and math.isnan(raw)):
        return None
    if isinstance(raw, str):
        return str.__str__(raw) or None
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(int(raw))
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 2**53:
        return str(int(raw))
    raise ValueError(f"cannot be an id: {shown(raw)}")


def parent_id(
    raw: object,
    *,
    id: str | None = None,
    article_id: str | None = None,
    known: Container[str] | None = None,
) -> str | None:
    """Return the parent that *raw* names; None where it says that the comment answers the article.

    Args:
        raw: What the source has: None, NaN, 0, ``""``, ``"root"`` and the like mean the article.
        id: The comment's own id: some sources write that where there is no parent.
        article_id: The article's id: a comment that names it answers the article.
        known: The ids of the comments that are here, best as a set. A value that is one of them
            (and not the comment's own) is that comment, whatever else it could mean. Give them
            where ids are counted from 0 or may be such words: without them, replies to a comment
            ``"0"`` answer the article, and nothing tells.

    >>> parent_id(0), parent_id("root"), parent_id("t3_x", article_id="t3_x"), parent_id(17)
    (None, None, None, '17')
    >>> parent_id(0, id="1", known={"0", "1"}), parent_id(0, id="0", known={"0", "1"})
    ('0', None)
    """
    named = id_text(raw)
    if named is None or named == id:
        return None
    if known is not None and named in known:
        return named
    return None if named.lower() in _ROOT_WORDS or named == article_id else named
