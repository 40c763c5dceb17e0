"""Titles as one line of plain text."""

import re

from ..._markup.html import unescape

_TAG = re.compile(r"<[^<>]*>")


def one_line(markup: str) -> str:
    r"""Return a title as plain text: tags removed, references resolved, on one line.

    >>> one_line("The <em>old</em> mill &amp; its\nowner")
    'The old mill & its owner'
    """
    return " ".join(unescape(_TAG.sub("", markup)).split())
