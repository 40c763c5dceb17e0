"""A discussion as one page of HTML that asks nobody for anything and runs nothing of its text.

Reading order: `_escaping` (characters, addresses, ids), `_sanitise` (HTML from outside),
`_body_text` (texts of each kind), `_comment_html`, `_article_html`, and `_page_frame` (what is
around them), with its style and its script in `page.css` and `page.js`.
"""

from ._page_frame import html

__all__ = ["html"]
