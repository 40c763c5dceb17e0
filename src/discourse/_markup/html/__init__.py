"""HTML as flat lists: separate tags from text, nest elements, run nothing, fetch nothing.

The available parsers have a depth limit, take quadratic time, or rewrite attributes and references,
so this library has its own. Every offset refers to the source, depth costs nothing, and each step
takes time linear in the length of any text.

Reading order: `_element_rules` (HTML's rules for elements), `_tags` (where tags begin and end),
`_element_tree` (the nesting), `_attributes` (and the character references in them and in texts).
"""

from ._attributes import attributes, one_line, unescape
from ._element_rules import UNSEEN
from ._element_tree import Tree, tree

__all__ = ["UNSEEN", "Tree", "attributes", "one_line", "tree", "unescape"]
