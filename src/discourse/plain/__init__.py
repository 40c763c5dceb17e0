r"""The plain-text view of a text: what a reader would see, as paragraphs, quotes, lists and links.

Texts are stored as their source had them; this is computed, never stored. Nothing in a text is run
or fetched, nothing raises for what it holds, and each view takes linear time.

==============  ===================================================================================
format          what becomes of it
==============  ===================================================================================
``html``        tags go. Paragraphs have a blank line between them, ``<br>`` and other blocks begin
                a line, quotes have ``> `` before each line, list items ``- `` or their number,
                cells ``|`` between them; code and other preformatted text keeps its white space; a
                picture is its ``alt`` text, as emoji have it; a link is its label and, where that
                is another, its address in brackets. Scripts, styles, ``<noscript>`` (copies of
                pictures that load late) and what is not text are left out. Where no tag breaks a
                line, line breaks of the source do, as in what WordPress stores
``markdown``    the marks of emphasis, headings, code and links go; quotes and lists stay, since
                they are plain text already; character references are resolved
all others      as it is, but for line ends, which are ``\n``
==============  ===================================================================================

Quotes and lists inside each other are indented 20 times at most; what is deeper has the indentation
of the 20th. Control characters stay: what goes to a terminal needs `discourse.render.clean`, too.

Reading order: `_line_builder` (lines, and what stands before them), `_from_html`, `_from_markdown`.
"""

from typing import overload

from ..errors import FieldError, FieldTypeError
from ..model import Article, Comment, TextFormat
from ._from_html import html_to_plain
from ._from_markdown import markdown_to_plain

__all__ = ["plain_text"]


@overload
def plain_text(
    source: str, text_format: TextFormat | str | None = None, *, links: bool = True
) -> str: ...
@overload
def plain_text(
    source: Comment | Article, text_format: TextFormat | str | None = None, *, links: bool = True
) -> str | None: ...
def plain_text(
    source: Comment | Article | str,
    text_format: TextFormat | str | None = None,
    *,
    links: bool = True,
) -> str | None:
    """Return the plain-text view of a comment, an article or a text; None where there is no text.

    Args:
        source: Whose text; or the text itself.
        text_format: What it is written in; without it, what the comment or article says, and plain
            text for a string.
        links: Whether the addresses of links are shown behind their labels.

    Raises `FieldError` for a format that there is not. O(n).

    >>> comment = Comment("1", text="<p>See <a href='https://example.org'>this</a>:</p>"
    ...     "<blockquote>So it was.</blockquote>", text_format="html")
    >>> print(plain_text(comment))
    See this (https://example.org):
    <BLANKLINE>
    > So it was.
    >>> plain_text("**Yes**, [here](https://example.org).", "markdown", links=False)
    'Yes, here.'
    """
    text, known = _text_of(source)
    if text is None:
        return None
    wanted = known if text_format is None else text_format
    try:
        chosen = TextFormat(wanted)
    except ValueError:
        reason = f"must be one of {', '.join(TextFormat)}"
        raise FieldError("plain_text()", "text_format", wanted, reason) from None
    if chosen is TextFormat.HTML:
        return html_to_plain(text, links=links)
    if chosen is TextFormat.MARKDOWN:
        return markdown_to_plain(text, links=links)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text_of(source: Comment | Article | str) -> tuple[str | None, TextFormat]:
    if isinstance(source, Comment | Article):
        return source.text, source.text_format
    if isinstance(source, str):
        return source, TextFormat.TEXT
    reason = "must be a comment, an article or a string"
    raise FieldTypeError("plain_text()", "source", source, reason)
