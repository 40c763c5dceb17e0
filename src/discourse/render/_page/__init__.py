"""A discussion as one self-contained HTML page that loads nothing and runs nothing from its texts.

Reading order: `_escaping` (characters, addresses, ids), `_sanitise` (untrusted HTML), `_body_text`
(texts of each format), `_comment_html`, `_article_html`, and `_page_frame` (the rest of the page),
with the style and script in `page.css` and `page.js`.
"""

from ._page_frame import html

__all__ = ["html"]
