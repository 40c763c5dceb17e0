"""Find the parents of comments from the nesting of elements in a page."""

import re
from collections.abc import Iterable

from ..._markup.html import Tree

_LISTS = frozenset({"ul", "ol", "dl"})
#: Containers of replies other than lists: ``indented`` (Drupal), ``children`` (WordPress themes).
_REPLIES = re.compile(
    r"\b(?:indented|children|child-comments?|sub-?comments?|nested|replies|repl(?:y|ies)-list|"
    r"comment-(?:replies|children|thread|indent)|responses)\b",
    re.IGNORECASE,
)


def parents_by_place(tree: Tree, comments: Iterable[int]) -> dict[int, int | None]:
    """Return, for the element of each comment, that of its parent.

    A comment inside another is a reply to it. So is one in a list, or in a container of replies,
    that follows a comment, as its sibling or in the same list item. O(n).
    """
    is_comment = set(comments)
    parents: dict[int, int | None] = {}
    around: list[int | None] = [None] * len(tree)  # the parent of comments inside an element
    item_of = [-1] * len(tree)  # the list item of an element, with no list between
    last_in: dict[int, int] = {}  # the last comment directly in an element
    first_of: dict[int, int] = {}  # the first comment of an item
    for node, name in enumerate(tree.names):
        if not name:
            continue
        parent = tree.parents[node]
        answered = around[parent] if parent >= 0 else None
        item = item_of[parent] if parent >= 0 else -1
        if node in is_comment:
            parents[node] = answered
            last_in[parent] = node
            if item >= 0:
                first_of.setdefault(item, node)
            answered = node
        elif name in _LISTS or _is_for_replies(tree, node):
            before = last_in.get(parent, first_of.get(item))
            answered = answered if before is None else before
        around[node] = answered
        item_of[node] = node if name in ("li", "dd") else -1 if name in _LISTS else item
    return parents


def _is_for_replies(tree: Tree, node: int) -> bool:
    if tree.names[node] not in ("div", "section", "aside", "article"):
        return False
    attributes = tree.attributes(node)
    return _REPLIES.search(attributes.get("class", "")[:500]) is not None
