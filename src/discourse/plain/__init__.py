r"""The plain-text view of a text: what a reader would see, as paragraphs, quotes, lists and links.

Texts are stored verbatim; the view is computed on demand, in linear time. Nothing in a text is run
or fetched, and no content raises an error.

==============  ===================================================================================
format          plain-text view
==============  ===================================================================================
``html``        Tags are removed. Paragraphs are separated by blank lines; ``<br>`` and other blocks
                start a line; quotes have ``> `` before each line, list items ``- `` or their
                number, cells ``|`` between them. Code and other preformatted text keep their white
                space. An image becomes its ``alt`` text (for emoji); a link becomes its label and,
                if that differs, the address in brackets. Scripts, styles, ``<noscript>`` (copies of
                lazily loaded images) and other non-text are omitted. If no tag breaks a line, the
                source's line breaks do, as in WordPress's database
``markdown``    Markup of emphasis, headings, code and links is removed. Quotes and lists are plain
                text already, and stay. Character references are resolved
all others      Unchanged, except that line ends become ``\n``
==============  ===================================================================================

Nested quotes and lists are indented up to 20 times. Control characters stay: pass the result to
`discourse.render.clean` before printing it to a terminal.

Reading order: `_line_builder` (lines and their prefixes), `_from_html`, `_from_markdown`.
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
    """Return the plain-text view of a comment, article or string; None if there is no text.

    Args:
        source: A comment or article, or the text itself.
        text_format: The markup. The default is that of the comment or article, or plain text for a
            string.
        links: Whether to show the addresses of links after their labels.

    Raises `FieldError` for an unknown format. O(n).

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
