"""Separate tags from text, like browsers, in one pass."""

import re
from collections.abc import Iterator

from ._element_rules import RAW

#: A quoted value may contain ``>``. No part ever backtracks, so a tag is read once: a quote without
#: a partner causes one search to the end of the text, and no more.
_TAG = re.compile(
    r"<(/?)([A-Za-z][^ \t\n\f\r/>]*+)"
    r"(?:[^>=]++"
    r"|=[ \t\n\f\r]*+(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)?+"
    r")*+>"
)
_LIKE_TAG = re.compile(r"</?[A-Za-z]")
_OTHER = re.compile(r"<(?:[!?]|/[^A-Za-z])")
_COMMENT_END = re.compile(r"--!?>")

_RAW_END = {
    name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE) for name in RAW - {"plaintext"}
}
_LONGEST_NAME = 100


def tags(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield the start and end of each tag, its slash, and its name in lower case. O(n).

    Comments, declarations and doctypes have an empty name. So does the end of the source, which
    comes last. Anything between is text, including an unfinished tag.
    """
    at = 0
    names: dict[str, str] = {}  # as written, in lower case
    while (at := text.find("<", at)) >= 0:
        match = _TAG.match(text, at)
        if match is not None:
            slash, written = match.groups()
            name = names.get(written)
            if name is None:
                name = names[written] = written[:_LONGEST_NAME].lower()
            start, at = at, match.end()
            yield start, at, slash, name
            if name in RAW and not slash:
                at = _end_of_raw(text, name, at)
        elif (end := _end_of_other(text, at)) is not None:
            yield at, end, "", ""
            at = end
        elif _LIKE_TAG.match(text, at):
            break  # it has no end, so nothing after it can be a tag
        else:
            at += 1
    yield len(text), len(text), "", ""


def _end_of_other(text: str, at: int) -> int | None:
    """Return where a comment, declaration or the like that begins here ends; None for text."""
    if text.startswith("<!--", at):
        if text.startswith(("<!-->", "<!--->"), at):
            return text.index(">", at) + 1
        match = _COMMENT_END.search(text, at + 4)
        return match.end() if match else len(text)
    if _OTHER.match(text, at):
        end = text.find(">", at)
        return end + 1 if end >= 0 else len(text)
    return None


def _end_of_raw(text: str, name: str, at: int) -> int:
    if name not in _RAW_END:
        return len(text)
    match = _RAW_END[name].search(text, at)
    return match.start() if match else len(text)
