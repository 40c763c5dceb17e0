"""A discussion as one page of HTML that asks nobody for anything and runs nothing of its text.

Reading order: `_safe` (characters, addresses, ids), `_prose` and `_sanitise` (texts of each kind),
`_texts`, `_comments`, `_article`, and `_page` (what stands around them), with its style and its
script in `page.css` and `page.js`.
"""

from ._page import html

__all__ = ["html"]
