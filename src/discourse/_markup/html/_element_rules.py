"""HTML's rules for elements: which are empty, and which close which."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


RAW = _set("script style textarea title xmp iframe noembed noframes plaintext")
"""Elements whose content is text, even if it looks like tags."""
VOID = _set(
    """area base basefont bgsound br col embed frame hr img input keygen link meta param source
    track wbr"""
)
"""Elements without content or end tag."""
SPECIAL = _set(
    """address applet article aside blockquote body button caption center colgroup dd details dir
    div dl dt fieldset figcaption figure footer frameset h1 h2 h3 h4 h5 h6 head header hgroup html
    iframe li listing main marquee menu nav noembed noframes noscript object ol p plaintext pre
    script search section select style summary table tbody td template textarea tfoot th thead
    title tr ul xmp"""
)
"""Elements that the end tag of an inline element, such as ``</span>``, never closes.

A form is not among them: ``<form><div></form></div>`` is common, and must not close another
``div``.
"""
SOFT = _set("address div p")
"""Special elements through which ``<li>`` closes the item before it."""
BARRIERS = _set("applet caption html table td th marquee object template")
"""Elements that limit the reach of a block element's end tag."""
TABLE = _set("caption colgroup table tbody td tfoot th thead tr")
"""The parts of tables, whose end tags reach within the table."""
CLOSES_P = _set(
    """address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext
    pre search section summary table ul xmp"""
)
"""Elements that close an open paragraph."""
_ROWS = ("tbody", "thead", "tfoot", "tr", "caption", "colgroup")
CLOSES = {
    "li": ("li",),
    "dd": ("dd", "dt"),
    "dt": ("dd", "dt"),
    "tr": ("tr",),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tbody": _ROWS,
    "thead": _ROWS,
    "tfoot": _ROWS,
}
"""Which open elements a start tag closes, if no other list or table is between them."""
ONCE = _set("html head body")
"""Elements that a page has once."""
OPTIONS = _set("option optgroup")
"""Elements whose start tags close an open ``option``."""
CLOSING = CLOSES_P | ONCE | OPTIONS | CLOSES.keys() | {"a"}
"""Elements whose start tags may close an open element."""
UNSEEN = _set("script style template noscript")
"""Elements that readers do not see."""
