"""Shared by readers of pages: the head of a page, its JSON-LD, and the richest reading.

Reading order: `_page_head`, `_element_texts`, `_json_ld`, `_richest`.
"""

from ._element_texts import TextsWithout, short_text
from ._json_ld import ld_json, top_objects
from ._page_head import PageHead, head_elements
from ._richest import richest

__all__ = [
    "PageHead",
    "TextsWithout",
    "head_elements",
    "ld_json",
    "richest",
    "short_text",
    "top_objects",
]
