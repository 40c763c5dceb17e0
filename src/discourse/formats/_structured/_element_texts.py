"""The texts of nested elements, in linear time."""

import re
from collections.abc import Sequence

from ..._markup.html import Tree, unescape

_LONGEST = 5_000  # characters of source in an element whose text is a name, a count, a time
_TAG = re.compile(r"<[^<>]*+>?")


def short_text(tree: Tree, node: int) -> str:
    """Return the text of an element on one line, or its beginning if it is long."""
    if tree.closes[node] - tree.opens[node] <= _LONGEST:
        return tree.string(node)
    source = tree.text[tree.opens[node] : tree.opens[node] + _LONGEST]
    return " ".join(unescape(_TAG.sub(" ", source)).split())


class TextsWithout:
    """The source in elements without the posts in them.

    >>> from discourse._markup.html import tree
    >>> page = tree("<div>Hm. <p>Yes.</p> Well.</div>")
    >>> TextsWithout([page.names.index("p")], page).inner(0)
    'Hm.  Well.'
    """

    def __init__(self, posts: Sequence[int], tree: Tree) -> None:
        self._tree = tree
        self._posts = posts
        self._after = [0] * (len(tree) + 1)  # element to the first post at or after it
        place = len(posts)
        for node in range(len(tree), -1, -1):
            if place and posts[place - 1] == node:
                place -= 1
            self._after[node] = place

    def inner(self, node: int) -> str:
        """Return the source in an element."""
        tree, parts = self._tree, []
        at, place = tree.opens[node], self._after[node + 1]
        while place < len(self._posts) and self._posts[place] < tree.lasts[node]:
            gap = self._posts[place]
            parts.append(tree.text[at : tree.starts[gap]])
            at = tree.ends[gap]
            place = self._after[tree.lasts[gap]]
        parts.append(tree.text[at : tree.closes[node]])
        return "".join(parts).strip()
