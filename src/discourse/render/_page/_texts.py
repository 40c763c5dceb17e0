"""A text of a comment or an article as HTML, by what it is written in."""

from ...model import Article, Comment, TextFormat
from ._body_text import prose, verbatim
from ._escaping import language
from ._sanitise import sanitised


def text_of(value: Comment | Article, kind: str = "t") -> str:
    """Return the text as an element; one that is not here, or empty, as a remark that says so."""
    text = value.text
    if text is None:
        return f'<p class="{kind} note no">no text here</p>'
    pieces, plain = _pieces(text, value.text_format)
    if not pieces:
        return f'<p class="{kind} note no">empty</p>'
    lang = language(value.language)
    return f'<div class="{kind}{plain}"{lang} dir="auto">{pieces}</div>'


def _pieces(text: str, text_format: TextFormat) -> tuple[str, str]:
    """Return the HTML, and what its class has besides."""
    if text_format is TextFormat.HTML:
        return "".join(sanitised(text)), ""
    if text_format is TextFormat.TEXT:
        return "".join(prose(text)), " plain"
    return "".join(verbatim(text)), " plain"
