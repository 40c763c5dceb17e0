"""Convert the ids of a source into the model's, by the same rules for all readers."""

import math
from collections.abc import Container

from ..errors import shown

#: What sources write for "no parent", besides None and the id of the comment or article itself.
_ROOT_WORDS = frozenset({"", "0", "root", "none", "null", "nan", "-1"})


def id_text(raw: object) -> str | None:
    """Return *raw* as the exact text of an id, or None if it is None, NaN or ``""``.

    An integer becomes its decimal digits. So does a float with an integer value below 2**53; pandas
    converts integers in a column with missing values to floats. Larger floats have lost digits:
    they raise `ValueError`, like every other value that cannot be an id.

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
    """Return the id of the parent that *raw* names, or None if the comment answers the article.

    Args:
        raw: The source's value. None, NaN, 0, ``""``, ``"root"`` and the like mean the article.
        id: The comment's own id. Some sources write it for "no parent".
        article_id: The article's id. A comment that names it answers the article.
        known: The ids of all comments, preferably as a set. A value that is one of them (and not
            the comment's own) always means that comment. Pass them if ids count from 0 or can be
            words like ``"root"``: otherwise, replies to comment ``"0"`` silently become top-level.

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
