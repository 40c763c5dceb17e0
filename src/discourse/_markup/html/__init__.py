"""HTML as flat lists: tags told from text, elements nested, nothing run, nothing fetched.

Written for this library, since the parsers at hand end at some depth, take time that grows with its
square, or write attributes and references anew. Here every offset leads back to the source, depth
costs nothing, and each step is linear in the length of the text, whatever that is.

Reading order: `_element_rules` (what HTML says of its elements), `_tags` (where tags begin and
end), `_element_tree` (what is inside what), `_attributes` (with the references in them and texts).
"""

from ._attributes import attributes, one_line, unescape
from ._element_rules import UNSEEN
from ._element_tree import Tree, tree

__all__ = ["UNSEEN", "Tree", "attributes", "one_line", "tree", "unescape"]
