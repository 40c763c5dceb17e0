"""Texts in CSV that no spreadsheet runs as a formula, and that differ from missing cells.

An apostrophe precedes them. A table that has the column `CSV_HEAD` was written that way.
"""

CSV_HEAD = "csv_thread_head"
"""The name of the column ``thread_head`` in CSV."""

#: How a text begins that a spreadsheet would run as a formula, and the guard itself.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def guarded(text: str) -> str:
    """Return *text* as it is written: with an apostrophe if it is empty or looks like a formula.

    >>> guarded("=1+1"), guarded(""), guarded("Hm.")
    ("'=1+1", "'", 'Hm.')
    """
    return "'" + text if not text or text.startswith(_FORMULA) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` wrote."""
    return cell.removeprefix("'")
