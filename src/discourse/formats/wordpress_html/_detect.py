"""How sure it is that the beginning of a text is a WordPress page."""

import re

_START = re.compile(r"\s*(?:<!--|<!doctype html|<html|<\?xml|<[a-z])", re.IGNORECASE)
_OTHER = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_GENERATOR = re.compile(
    r"<meta\s[^<>]{0,200}?name\s*=\s*[\"']generator[\"'][^<>]{0,60}?content\s*=\s*[\"'](WordPress)?"
    r"|<meta\s[^<>]{0,60}?content\s*=\s*[\"'](WordPress)[^<>]{0,60}name\s*=\s*[\"']generator",
    re.IGNORECASE,
)
_ASSET = re.compile(r"<(?:link|script)\s[^<>]{0,600}?/wp-(?:content|includes|json)/", re.IGNORECASE)
#: What WordPress itself prints into the head, whatever a plugin made of the addresses of its files.
_CORE = re.compile(
    r"--wp--preset--|<link\s[^<>]{0,300}?(?:\brel\s*=\s*[\"']https://api\.w\.org/|/xmlrpc\.php\?rsd)"
)
_CLASSES = re.compile(
    r"class\s*=\s*[\"'][^\"'<>]{0,300}\b(?:wp-block-|wp-image-|wp-singular|single-format-|"
    r"postid-[0-9]|comment-reply-link|comment-respond|wpdiscuz|wpd-thread|wc-thread)"
)
_COMMENT = re.compile(
    r"<[a-z]{1,12}[^<>]{0,300}?(?:class\s*=\s*[\"'][^\"'<>]{0,200}\b(?:even|odd)\b[^\"'<>]{0,200}\b"
    r"(?<!-)(?:depth-[0-9])|id\s*=\s*[\"']?(?:wpd|wc)-comm-[0-9]{1,20}_)"
    r"|<li\s?class[^<>]{0,200}\bdepth-[0-9]{1,3}\b[^<>]{0,200}id=[\"']comment-[0-9]"
)
_SIGNS = (
    "/wp-content/", "/wp-includes/", "/wp-json", "WordPress", "wp-block-", "comment-respond",
    "commentlist", "comment-list", "wpdiscuz", "xmlrpc.php", "replytocom", "hentry",
)  # fmt: skip
_OTHERS = ("blogger", "drupal", "discourse", "joomla", "typepad", "movable type", "ghost", "phpbb")
_NAMED = re.compile(
    r"<meta\s[^<>]{0,200}?name\s*=\s*[\"']generator[\"'][^<>]{0,60}?content\s*=\s*[\"']"
    r"([^\"'<>]{1,60})",
    re.IGNORECASE,
)


def detect(head: str) -> float:
    """Return how much the beginning of a text looks like a page that WordPress made.

    >>> detect('<li class="comment even thread-even depth-1" id="comment-1">'), detect("Hello")
    (0.95, 0.0)
    """
    if not _START.match(head) or _OTHER.search(head[:4096]):
        return 0.0
    if _COMMENT.search(head) or any("".join(found).strip() for found in _GENERATOR.findall(head)):
        return 0.95
    if any(name.strip().lower().startswith(_OTHERS) for name in _NAMED.findall(head)):
        return 0.0
    if _ASSET.search(head) and _CLASSES.search(head):
        return 0.95
    return (
        0.9 if _ASSET.search(head) or _CORE.search(head) else 0.6 if _CLASSES.search(head) else 0.0
    )


def is_wordpress(text: str) -> bool:
    """Whether anything in a page shows that WordPress made it."""
    has_sign = any(sign in text for sign in _SIGNS) or _CLASSES.search(text) is not None
    return _START.match(text) is not None and has_sign
