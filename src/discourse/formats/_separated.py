"""Tables as text: cells separated by commas, tabs, semicolons or bars, with or without quotes."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from ..errors import shown
from ..tables import guess_columns

SEPARATORS = ",\t;|"
_SHOWN = 10  # how many column names an error lists
_ROWS = 6  # how many rows are checked, besides the header
_LONGEST_HEADER = 4_000
#: A column name. The first column may have none: pandas writes its index that way.
_COLUMN = re.compile(r"[^\W\d][\w.:/#-]{0,60}(?: [\w.:/#-]{1,40}){0,3}")
_OF_COMMENTS = frozenset({"path", "id", "parent_id", "text", "author_name", "author_id"})
#: Synonyms of these that tables of anything may have.
_OF_ANYTHING = frozenset({"by", "nickname", "speaker"})


@cache
def _cell(separator: str, end: str) -> "re.Pattern[str]":
    """Return the pattern of a cell and what ends it: a separator, or the end of the row.

    A cell with text after its closing quote is kept verbatim, quotes included.
    """
    sep, new = re.escape(separator), re.escape(end)
    return re.compile(
        rf'(?:"((?:[^"]|"")*+)"\r?(?={sep}|{new}|\Z)|([^{sep}{new}]*+))({sep}|{new}|\Z)'
    )


def rows_of(text: str, separator: str) -> Iterator[list[str]]:
    r"""Yield the rows of a table, header first, without blank lines. O(n).

    Rows end with ``\n`` or ``\r\n``; with ``\r`` only if the text has no ``\n``.

    >>> list(rows_of('id,text\n7,"At ""last"".\n\nSo."\n\n8,5" wide\n', ","))
    [['id', 'text'], ['7', 'At "last".\n\nSo.'], ['8', '5" wide']]
    """
    end = "\n" if "\n" in text else "\r"
    match = _cell(separator, end).match
    row: list[str] = []
    at, length = 0, len(text)
    while at < length or row:
        cell = match(text, at)
        if cell is None:  # unreachable: the pattern matches anything
            return
        quoted, bare, after = cell.groups()
        at = cell.end()
        if quoted is not None:
            row.append(quoted.replace('""', '"'))
        elif after == separator:
            row.append(bare)
        else:
            row.append(bare.removesuffix("\r"))
        if after != separator:
            if row != [""] or quoted is not None:
                yield row
            row = []


def separator_of(text: str, *, is_cut: bool = False) -> str | None:
    r"""Return the cell separator of a table of comments; None for any other text.

    The first line must be a header with columns typical of comments, and the rows after
    it must be as long as the header.

    Args:
        text: The text, or its beginning.
        is_cut: Whether the text goes on, so its last row may be incomplete.

    >>> separator_of("id,parent_id,text\n7,,At last.\n"), separator_of("Bread, milk, comment\n")
    (',', None)
    """
    text = text.lstrip("\ufeff\r\n")
    header = re.split(r"[\r\n]", text[:_LONGEST_HEADER], maxsplit=1)[0]
    for separator in SEPARATORS:
        is_table = separator in header and _is_header(header, separator)
        if is_table and _has_rows(text, separator, is_cut=is_cut):
            return separator
    return None


def other_columns(text: str) -> list[str]:
    r"""Return the column names of any table; none for any other text.

    They are in the first line, without a space after a separator as in a sentence.

    >>> other_columns("wer;was\nBo;Hm.\nAda;Ja.\n"), other_columns("Dear Bo, dear Ada\n")
    (['wer', 'was'], [])
    """
    text = text.lstrip("\ufeff\r\n")[: 10 * _LONGEST_HEADER]
    header = re.split(r"[\r\n]", text[:_LONGEST_HEADER], maxsplit=1)[0]
    for separator in SEPARATORS:
        if separator in header and separator + " " not in header:
            names = _names(header, separator)
            if names and _has_rows(text, separator, is_cut=True):
                return names
    return []


def unknown_columns(text: str) -> str | None:
    """Return the error for a table without a column of comments; None if it has one."""
    header = re.split(r"[\r\n]", text.lstrip("\ufeff\r\n")[:_LONGEST_HEADER], maxsplit=1)[0]
    names = next(rows_of(header, max(SEPARATORS, key=header.count)), [])
    is_known = not _OF_COMMENTS.isdisjoint(guess_columns(names))
    return None if is_known else not_of_comments(names)


def not_of_comments(names: Sequence[str]) -> str:
    """Return the error for a table with these columns, none of them known."""
    return f"no column has a name typical of comments; {how_to_map(names)}"


def how_to_map(names: Sequence[str]) -> str:
    """Return a hint at mapping the columns of a table."""
    if not names:
        return "there are no columns"
    several = ", ".join(map(shown, names[:_SHOWN])) + ", ..." * (len(names) > _SHOWN)
    example = f"columns={{'text': {shown(names[-1])}}}"
    advice = f'map them, as in discourse.read(path, "table", {example})'
    return f"the columns are {several}: {advice}"


def _names(line: str, separator: str) -> list[str]:
    """Return the distinct column names in a line; none if it has anything else."""
    names = [name.strip() for name in next(rows_of(line, separator), [])]
    are_names = all(
        _COLUMN.fullmatch(name.strip("'")) for name in (names if names[0] else names[1:])
    )
    return names if are_names and len(set(names)) == len(names) else []


def _is_header(line: str, separator: str) -> bool:
    """Whether a line is a header: distinct column names, some of them typical of comments."""
    names = _names(line, separator)
    guesses = guess_columns(names)
    known = sum(
        target in _OF_COMMENTS and name.casefold() not in _OF_ANYTHING
        for target, name in guesses.items()
    )
    known += guesses.get("created_at", "").casefold().startswith(("created", "timestamp"))
    is_spaced = any(" " in name for name in names) or separator + " " in line
    return known >= (2 if is_spaced else 1)


def _has_rows(text: str, separator: str, *, is_cut: bool) -> bool:
    """Whether rows as long as the header follow it, without a blank line between."""
    rows = list(islice(rows_of(text, separator), _ROWS + 1))
    if is_cut and 2 < len(rows) <= _ROWS:
        rows.pop()
    is_blank = re.match(r"[^\r\n]*(?:\r?\n|\r(?!\n))[ \t]*[\r\n]", text) is not None
    return len(rows) > 1 and not is_blank and all(len(row) == len(rows[0]) for row in rows)


def text_of(rows: Sequence[Sequence[str]], separator: str) -> str:
    r"""Return rows as a table, with quotes where needed; `rows_of` reads the same rows. O(n).

    >>> text_of([["id", "text"], ["7", "So, why?"]], ",")
    'id,text\n7,"So, why?"\n'
    """
    needs = re.compile(rf'[{re.escape(separator)}"\r\n]|^\s|\s$')
    return "".join(
        separator.join(
            '"' + cell.replace('"', '""') + '"' if needs.search(cell) else cell for cell in row
        )
        + "\n"
        for row in rows
    )
