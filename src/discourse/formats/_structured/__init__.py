"""What readers of pages share: what a page declares in its head, its JSON-LD, and the best reading.

Reading order: `_page_head`, `_json_ld`, `_richest`.
"""

from ._json_ld import ld_json, top_objects
from ._page_head import PageHead, head_elements
from ._richest import richest

__all__ = ["PageHead", "head_elements", "ld_json", "richest", "top_objects"]
