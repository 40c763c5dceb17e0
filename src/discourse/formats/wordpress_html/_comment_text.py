"""What a comment says: the source of its text, without what the theme puts around and into it."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import takewhile

from ._comment_finder import Item
from ._page_index import PINGS, REMEMBERED, TEXTS, Page, class_test, fragment_of, word_set

_is_likely = class_test(
    r"(?:the|single|user|my|[a-z]{1,4})?[-_]{0,2}comments?(?:list|item)?[-_]{0,2}(?:content|contents|"
    r"text|txt|entry|message|msg|copy|desc|description|main|data|post|inner|paragraph)[-_a-z]{0,12}"
)
_is_around = class_test(r"comment[-_]{0,2}(?:body|wrap|wrapper|inner|container|block|box|holder)")
#: What is in the element of a text and no part of it. Beside what themes print around comments:
#: ratings of Crowdsignal (``cs-``, ``pd-``), the buttons of Jetpack and AddToAny, of wpDiscuz
#: (``wpd-``, ``wc-``) and of Comments Like Dislike (``cld-``), and links to report a comment.
_is_furniture = class_test(
    r"(?:[a-z]{1,12}-)?reply(?:-link)?|"
    r"comment[-_]{0,2}(?:reply|replies|like|likes|edit|quote|direct|date|time|timestamp|meta|"
    r"metadata|author|avatar|number|actions?|links?|tools|permalink|header|footer|info|"
    r"respond|controls?|counters?|karma|buttons?|options|votes?)(?:[-_].{0,40})?|"
    r"commentmetadata|vcard|fn|says|avatar|edit-link|cs-rating|pd-rating|"
    r"sharedaddy|jp-relatedposts|screen-reader-text|addtoany_share_save_container|"
    r"wpd-(?:comment-footer|reply-button|vote).{0,20}|wc-(?:comment-footer|reply-button|vote).{0,20}|"
    r"cld-like-dislike-wrap|ml-respond|meta|wpdiscuz-readmore|(?:.{1,30}[-_])?report[-_]link"
)
#: The notice of WordPress core, of WooCommerce (``awaiting-approval``), and of themes.
_is_waiting = class_test(
    r"(?:.{1,20}[-_])?(?:await|awaiting[-_](?:moderation|approval)|not[-_]approved|unapproved|moderation)|"
    r"comment-pending"
)
#: What WordPress says where a theme gives the notice no class.
_WAITS = re.compile(
    r"your comment is awaiting (?:moderation|approval)|dein kommentar (?:wartet|muss)|"
    r"votre commentaire est en attente|tu comentario está pendiente|"
    r"il tuo commento è in attesa|seu comentário (?:está )?aguarda|je reactie wacht",
    re.IGNORECASE,
)
#: How a source begins that may say so: with a first word of these, a tag or a reference.
_MAY_WAIT = re.compile(r"\s*(?:[<&]|your|dein|votre|tu|il|seu|je)", re.IGNORECASE)
_NOTICES = ("em", "i", "p", "small", "span", "strong")
_LONGEST_NOTICE = 300
_NO_BODIES = ("a", "time", "form", "label")
_UNREAD = ("script", "style", "form", "button", "time", "template")
_is_button = class_test(r"comment-(?:reply|edit|quote).{0,20}|edit-link|reply|share(?:-link)?")
_NARROW = frozenset(("article", "dd", "div", "main", "section", "td"))
_BLOCKS = word_set("blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre table ul")
_PARENTS = 6
_BREAKS = ("<br />", "<br/>", "<br>")
_LEADING = re.compile(r"(?:\s|<br ?/?>|<!--(?s:.*?)-->)*+")
#: Three dots are of old versions.
_ELLIPSIS = r"\[(?:&#8230;|&hellip;|\u2026|\.\.\.)\]"
_PINGBACK = re.compile(rf"(?:<p>)?\s*{_ELLIPSIS}\s[^<>]*\s{_ELLIPSIS}\s*(?:</p>)?")
_NOTHING = frozenset(("", "•", "·", "|", "&bull;", "&middot;"))
_DATE_LENGTH = 80
_SAYS_LENGTH = 30  # of "says:" behind a name, where the name itself is none of the text


@lru_cache(REMEMBERED)
def _is_apart(classes: frozenset[str]) -> bool:
    """Whether an element with these classes is no part of a text, nor around one."""
    return _is_furniture(classes) and TEXTS.isdisjoint(classes) and not _is_around(classes)


class CommentElements:
    """The elements of one comment: many questions go to all of them, so they are listed once."""

    def __init__(self, page: Page, item: Item) -> None:
        self.page = page
        self.tree = page.tree
        self.item = item
        names = self.tree.names
        self.nodes = [node for node in item.nodes if names[node] and node != item.node]
        """The elements in it, in order."""
        self.tagged = [(node, page.classes[node]) for node in self.nodes if page.classes[node]]
        """Those that have classes, and these."""
        self.names: dict[str, list[int]] = {}
        """Those of each name."""
        for node in self.nodes:
            self.names.setdefault(names[node], []).append(node)
        self.notices = {
            *(node for node, classes in self.tagged if _is_waiting(classes)),
            *filter(self._says_notice, self.named(*_NOTICES)),
        }
        """Those that say that the comment waits for a moderator."""
        self.body = self._body()
        """The one that holds the text and says so by its class."""

    def having(self, classes: frozenset[str]) -> list[int]:
        """Return the elements that have one of some classes."""
        return [node for node, own in self.tagged if not classes.isdisjoint(own)]

    def named(self, *names: str) -> list[int]:
        """Return the elements of some names, in order."""
        nodes = [node for name in names if name in self.names for node in self.names[name]]
        return nodes if len(names) == 1 else sorted(nodes)

    def _says_notice(self, node: int) -> bool:
        return (
            self.page.size(node) <= _LONGEST_NOTICE
            and _MAY_WAIT.match(self.tree.text, self.tree.opens[node]) is not None
            and _WAITS.match(self.tree.string(node)) is not None
        )

    def _body(self) -> int | None:
        likely = self.having(TEXTS) or [node for node, own in self.tagged if _is_likely(own)]
        likely = [node for node in likely if self._may_hold_text(node)]
        if not likely:
            return None
        chosen = likely[0]
        for node in likely[1:]:
            if self.page.is_in(node, chosen) and self.tree.names[node] != "p":
                chosen = node
        return chosen

    def _may_hold_text(self, node: int) -> bool:
        """Whether an element can hold a text: not a ``<p>`` that its first paragraph ended."""
        names = self.tree.names
        if names[node] == "p":
            return any(names[at] in ("", "img") for at in self.tree.children(node))
        return names[node] not in _NO_BODIES


def text_of(elements: CommentElements, name: int | None, meta: dict[str, object]) -> str | None:
    """Return the HTML of a comment's text; None where the page shows none.

    *name* is the element with the name, which is no part of it. A line above the first paragraph
    that nothing but a date can be goes to *meta*.
    """
    source = _Source(elements, elements.notices | ({name} if name is not None else set()))
    item = elements.item
    if elements.body is not None:
        return source.cut(elements.body)
    if elements.tree.names[item.node] == "dt":
        return source.definitions() or None
    around = next((node for node, own in elements.tagged if _is_around(own)), item.node)
    text, date = source.loose(source.narrow(around))
    if not item.classes.isdisjoint(PINGS) and not is_of_pingback(text):
        return None
    if date is not None:
        meta["date"] = date
    return text or None


def is_of_pingback(text: str) -> bool:
    """Whether HTML is what WordPress core writes as the text of a pingback.

    That is a stretch of the other page, without tags, between two ellipses in brackets.
    """
    return _PINGBACK.fullmatch(text) is not None


def _stripped(text: str) -> str:
    """Return HTML without the white space, line breaks and notes to programmers around it."""
    match = _LEADING.match(text)
    start, end = match.end() if match else 0, len(text)
    while start < end:
        if text[end - 1].isspace():
            end -= 1
        elif text.endswith("-->", start, end):
            end = max(text.rfind("<!--", start, end), start)
        elif text.endswith(_BREAKS, start, end):
            end = text.rindex("<", start, end)
        else:
            break
    return text[start:end]


class _Source:
    """The source of a comment with the stretches that are not its text."""

    def __init__(self, elements: CommentElements, parts: set[int]) -> None:
        page, item = elements.page, elements.item
        self.page, self.tree, self.item = page, page.tree, item
        gaps = {*parts, *item.holes}
        gaps.update(elements.named(*_UNREAD))
        for node, classes in elements.tagged:
            is_link = self.tree.names[node] == "a"
            if _is_apart(classes) or (
                is_link and (_is_button(classes) or self._is_stamp(page.attributes[node]))
            ):
                gaps.add(node)
        self.gaps = sorted(gaps)

    @cached_property
    def visible(self) -> list[int]:
        """What a reader sees of the text: words and pictures."""
        names = self.tree.names
        return [
            node
            for node in self.page.not_in(self.gaps, self.item.nodes)
            if names[node] == "img"
            or (not names[node] and self.tree.inner(node).strip() not in _NOTHING)
        ]

    def _is_stamp(self, link: dict[str, str]) -> bool:
        """Whether a link is the time of the comment itself."""
        return "datetime" in link and fragment_of(link.get("href", "")) == self.item.number

    def is_seen(self, node: int) -> bool:
        """Whether anything of the text is in an element."""
        return self.page.holds_any(node, self.visible)

    def cut(self, node: int) -> str:
        """Return the source in an element without what is no part of the text."""
        first = bisect_right(self.gaps, node)
        gaps = self.gaps[first : bisect_left(self.gaps, self.tree.lasts[node])]
        return _stripped(self.page.source_without(node, (self._emptied(gap, node) for gap in gaps)))

    def _emptied(self, gap: int, root: int) -> int:
        """Return the largest element of which nothing is left when the gap is cut out."""
        tree = self.tree
        for _ in range(_PARENTS):
            outer = tree.parents[gap]
            if outer <= root or self.is_seen(outer) or tree.names[outer] in ("td", "th", "tr"):
                break
            gap = outer
        return gap

    def narrow(self, node: int) -> int:
        """Return the innermost box that holds all of the text."""
        while True:
            inside = [each for each in self.tree.children(node) if self.is_seen(each)]
            if len(inside) != 1 or self.tree.names[inside[0]] not in _NARROW:
                return node
            node = inside[0]

    def definitions(self) -> str:
        """Return what is in the ``dd`` after a ``dt``."""
        tree, texts = self.tree, []
        node = tree.lasts[self.item.node]
        while node < len(tree) and tree.names[node] in ("", "dd"):
            if tree.names[node] == "dd" and self.is_seen(node):
                texts.append(self.cut(self.narrow(node)))
            node = tree.lasts[node]
        return "\n".join(texts)

    def loose(self, node: int) -> tuple[str, str | None]:
        """Return the text in an element that holds other things too, and a date above it."""
        tree = self.tree
        blocks = (n for n in tree.children(node) if tree.names[n] in _BLOCKS and self.is_seen(n))
        first = next(blocks, None)
        text = self.cut(node)
        if first is None:
            return text, None
        after = self.visible[bisect_right(self.visible, node) :]
        above = [tree.string(each) for each in takewhile(first.__gt__, after)]
        line = " ".join(" ".join(above).split())
        is_date = len(line) <= _DATE_LENGTH and any(map(str.isdigit, line))
        says = len(line) <= _SAYS_LENGTH and line.endswith((":", "\uff1a"))
        if above and not is_date and not says:
            return text, None
        start = text.find(tree.text[tree.starts[first] : tree.opens[first]])
        return text[max(start, 0) :], line if is_date else None
