"""Draw a thread for people: as text, Markdown, a page or a picture, or for programs that draw.

`text` is for a terminal or a file, `markdown` and `html` for reading, `svg` shows the shape of a
thread and `timeline` who spoke when; `dot` and `mermaid` are for Graphviz and Mermaid.

Everything drawn comes from outside and is made harmless first: no control character, no
bidirectional override reaches the output.
"""

from .._terminal.columns import clean, one_line
from ._graphs import dot, mermaid
from ._markdown import markdown
from ._page import html
from ._svg import svg, timeline
from ._text import text

__all__ = [
    "clean",
    "dot",
    "html",
    "markdown",
    "mermaid",
    "one_line",
    "svg",
    "text",
    "timeline",
]
