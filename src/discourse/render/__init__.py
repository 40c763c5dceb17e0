"""Render a thread as text, Markdown, HTML or SVG, or in a graph language.

`text` is for terminals and files, `markdown` and `html` are for reading; `svg` shows the shape of a
thread, and `timeline` who spoke when; `dot` and `mermaid` are for Graphviz and Mermaid.

All content is untrusted and sanitised: no control character and no bidirectional override reaches
the output.
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
