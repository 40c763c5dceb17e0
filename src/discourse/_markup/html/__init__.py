"""HTML as flat lists: tags told from text, elements nested, nothing run, nothing fetched.

Written for this library, since the parsers at hand end at some depth, take time that grows with its
square, or write attributes and references anew. Here every offset leads back to the source, depth
costs nothing, and each step is linear in the length of the text, whatever that is.

Reading order: `_elements` (what HTML says of its elements), `_tokens` (where tags begin and end),
`_tree` (what is inside what), `_values` (attributes and character references).
"""

from ._elements import UNSEEN
from ._tree import Tree, tree
from ._values import attributes, unescape

__all__ = ["UNSEEN", "Tree", "attributes", "tree", "unescape"]
