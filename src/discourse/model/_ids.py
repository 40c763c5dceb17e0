"""Turn the raw ids of a source into the model's: once, at the edge, by one rule for all readers."""

import math

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


def parent_id(raw: object, *, id: str | None = None, article_id: str | None = None) -> str | None:
    """Return the parent that *raw* names; None where it says that the comment answers the article.

    Args:
        raw: What the source has: None, NaN, 0, ``""``, ``"root"`` and the like mean the article.
        id: The comment's own id: some sources write that where there is no parent.
        article_id: The article's id: a comment that names it answers the article.

    >>> parent_id(0), parent_id("root"), parent_id("t3_x", article_id="t3_x"), parent_id(17)
    (None, None, None, '17')
    """
    named = id_text(raw)
    if named is None or named.lower() in _ROOT_WORDS or named in (id, article_id):
        return None
    return named
