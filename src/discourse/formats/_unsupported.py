"""What an input is that no format here reads: told by its name, and what to do with it."""

import io
import re
from itertools import islice

#: How the beginnings of other files look as text, their stray bytes read as windows-1252.
_OTHERS = (
    ("\x1f‹", "it is packed with gzip, which read() unpacks once and parse() does not"),
    ("\x1f\x8b", "it is packed with gzip, and was read as text"),
    ("(µ/ý", "it is packed with Zstandard, which read() unpacks once and parse() does not"),
    ("PK\x03\x04", "it is a zip archive, which read() unpacks once and parse() does not"),
    ("BZh", "it is packed with bzip2: unpack it first"),
    ("ý7zXZ\0", "it is packed with xz: unpack it first"),
    ("7z¼¯'\x1c", "it is a 7z archive: unpack it first"),
    ("Rar!\x1a\x07", "it is a RAR archive: unpack it first"),
    ("%PDF-", "it is a PDF: save the page as HTML or text instead"),
    ("‰PNG\r\n", "it is a picture (PNG)"),
    ("ÿØÿ", "it is a picture (JPEG)"),
    ("GIF8", "it is a picture (GIF)"),
    ("SQLite format 3\0", "it is a SQLite database: export what is in it"),
    ("\x7fELF", "it is a program (ELF)"),
)
#: The same, of files of which nothing but a null character soon after tells that they are no text.
_WITH_NULLS = (
    ("MZ", "it is a program (of Windows)"),
    ("Ïúíþ", "it is a program (Mach-O)"),
    ("Îúíþ", "it is a program (Mach-O)"),
    ("þíúÏ", "it is a program (Mach-O)"),
    ("þíúÎ", "it is a program (Mach-O)"),
    ("Êþº¾", "it is a program (a class of Java, or Mach-O)"),
    ("\0asm", "it is a program (WebAssembly)"),
    ("PAR1", "it is a table (Parquet): read it with pandas and use discourse.tables"),
)
_BUILD = "which no format reads: make comments of it and use Thread.repair"


def what_it_is(head: str) -> str | None:
    """Return what an input seems to be that no format recognises; None where nothing is known."""
    if not head.strip():
        return "it holds nothing but white space" if head else "it is empty"
    for beginning, what in _OTHERS:
        if head.startswith(beginning):
            return what
    sample = head[:1000]
    if "\0" in sample:
        for beginning, what in _WITH_NULLS:
            if head.startswith(beginning):
                return what
    if "\0" in head and "ustar" in head[100:300]:
        return "it is a tar archive: unpack it first"
    if max(sample[::2].count("\0"), sample[1::2].count("\0")) > len(sample) // 4:
        return "it seems to be UTF-16 without a byte order mark: decode it and use parse()"
    return _json(head) if head.lstrip()[:1] in ("{", "[") else None


def _json(head: str) -> str | None:
    if '"conversation_id"' in head and ('"speaker"' in head or '"user"' in head):
        return f"it looks like utterances of ConvoKit, {_BUILD}"
    return None


#: A name of a column; a column without one may be the first, as pandas writes its index.
_COLUMN = re.compile(r"[^\W\d][\w.:/#-]{0,40}(?: [\w.:/#-]{1,40}){0,3}")
#: Names of columns, without what is between their words, one of which a table of comments has.
_WORDS = """
id parent parentid parentcommentid replyto replytoid inreplyto inreplytoid commentid postid
threadid author authorid authorname user userid username text body content comment message
createdat createdutc timestamp
"""
_OF_COMMENTS = frozenset(_WORDS.split())
_BETWEEN = re.compile(r"[ _.:/#-]+")
_ROWS = 6  # how many rows are looked at, the first with the names
_LONGEST_HEADER = 2000

TABLE = (
    "it is a table, and each row of one is made a comment by the caller: see "
    "docs/how-to/rows, Thread.repair and discourse.tables.from_rows; to read it as the text of "
    'a page, say format="pagetext"'
)


def is_table(head: str, *, is_cut: bool = False) -> bool:
    r"""Whether a text begins as a table of comments: names of columns, and rows that are as long.

    Args:
        head: The beginning of the text.
        is_cut: Whether more of it follows, so that the last row may be cut.

    >>> is_table("id,parent_id,text\n7,,At last.\n"), is_table("Bread, milk and a comment\n")
    (True, False)
    """
    header = head.lstrip("\r\n")[:_LONGEST_HEADER].partition("\n")[0]
    return any(
        separator in header
        and _is_header(header, separator)
        and _has_rows(head, separator, is_cut=is_cut)
        for separator in ",\t;"
    )


def _is_header(line: str, separator: str) -> bool:
    """Whether a line is names of columns, each once, and those that tables of comments have."""
    names = [name.strip().strip("\"'").casefold() for name in line.strip("\r ").split(separator)]
    if not all(_COLUMN.fullmatch(name) for name in (names if names[0] else names[1:])):
        return False
    known = sum(_BETWEEN.sub("", name) in _OF_COMMENTS for name in names)
    is_spaced = any(" " in name for name in names) or separator + " " in line
    return len(set(names)) == len(names) and known >= (2 if is_spaced else 1)


def _has_rows(head: str, separator: str, *, is_cut: bool) -> bool:
    """Whether rows follow the first that have as many fields as it has, and no blank between."""
    import csv  # noqa: PLC0415 - needed only where a text begins as a table does

    lines = io.StringIO(head.lstrip("\r\n"), newline="")
    try:
        rows = list(islice(csv.reader(lines, delimiter=separator), _ROWS + 1))
    except csv.Error:
        return False
    if is_cut and len(rows) <= _ROWS and len(rows) > 2:
        rows.pop()
    while not rows[-1]:
        rows.pop()
    return len(rows) > 1 and all(len(row) == len(rows[0]) for row in rows)
