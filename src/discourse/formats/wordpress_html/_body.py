"""What a comment says: the source of its text, without what the theme puts around and into it."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from ._find import Item
from ._marks import Page, fragment_of

_SURE = frozenset(
    (
        "wpd-comment-text", "wc-comment-text", "wp-block-comment-content",
        "comment-content", "comment__content", "comment_content", "comment-text",
        "comment__text", "comment_text", "commenttext", "comment-entry", "commententry",
        "comment-message", "comment-txt", "comment-copy", "thecomment", "comment__body",
        "wp-comment-content", "description", "comment-body-text", "comment-post-content",
    )
)  # fmt: skip
_LIKELY = re.compile(
    r"(?:the|single|user|my|[a-z]{1,4})?[-_]{0,2}comments?(?:list|item)?[-_]{0,2}(?:content|contents|"
    r"text|txt|entry|message|msg|copy|desc|description|main|data|post|inner|paragraph)[-_a-z]{0,12}"
)
_AROUND = re.compile(r"comment[-_]{0,2}(?:body|wrap|wrapper|inner|container|block|box|holder)")
#: What is in the element of a text and no part of it.
_FURNITURE = re.compile(
    r"(?:[a-z]{1,12}-)?reply(?:-link)?|comment[-_]{0,2}(?:reply|replies|like|likes|edit|quote|direct|date|time|timestamp|meta|"
    r"metadata|author|avatar|number|actions?|links?|tools|permalink|header|footer|info|"
    r"respond|controls?|counters?|karma|buttons?|options|votes?)(?:[-_].{0,40})?|"
    r"commentmetadata|vcard|fn|says|avatar|edit-link|cs-rating|pd-rating|"
    r"sharedaddy|jp-relatedposts|screen-reader-text|addtoany_share_save_container|"
    r"wpd-(?:comment-footer|reply-button|vote).{0,20}|wc-(?:comment-footer|reply-button|vote).{0,20}|"
    r"cld-like-dislike-wrap|ml-respond|meta|wpdiscuz-readmore|(?:.{1,30}[-_])?report[-_]link"
)
_WAITING = re.compile(
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
_NOTICES = ("em", "i", "p", "small", "span", "strong")
_LONGEST_NOTICE = 300
_NO_BODIES = ("a", "time", "form", "label")
_UNREAD = frozenset(("script", "style", "form", "button", "time", "template"))
_BUTTONS = re.compile(r"comment-(?:reply|edit|quote).{0,20}|edit-link|reply|share(?:-link)?")
_NARROW = frozenset(("article", "dd", "div", "main", "section", "td"))
_BLOCKS = frozenset(
    (
        "blockquote",
        "dl",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ol",
        "p",
        "pre",
        "table",
        "ul",
    )
)
_PARENTS = 6
_BREAKS = ("<br />", "<br/>", "<br>")
_NOTHING = frozenset(("", "•", "·", "|", "&bull;", "&middot;"))
_DATE_LENGTH = 80
_SAYS_LENGTH = 30  # of "says:" behind a name, where the name itself is none of the text


_WORDS = 1024  # class names whose kind is remembered


@lru_cache(_WORDS)
def _is_likely(word: str) -> bool:
    return _LIKELY.fullmatch(word) is not None


@lru_cache(_WORDS)
def _is_around(word: str) -> bool:
    return _AROUND.fullmatch(word) is not None


@lru_cache(_WORDS)
def _is_furniture(word: str) -> bool:
    return _FURNITURE.fullmatch(word) is not None


@lru_cache(_WORDS)
def _is_button(word: str) -> bool:
    return _BUTTONS.fullmatch(word) is not None


def notices_in(page: Page, item: Item) -> set[int]:
    """Return the elements that say that a comment waits for a moderator."""
    found = {node for node, classes in item.tagged if any(map(_is_waiting, classes))}
    return found.union(node for node in item.elements if _says_notice(page, node))


def _says_notice(page: Page, node: int) -> bool:
    tree = page.tree
    return (
        tree.names[node] in _NOTICES
        and tree.closes[node] - tree.opens[node] <= _LONGEST_NOTICE
        and _WAITS.match(tree.string(node)) is not None
    )


@lru_cache(_WORDS)
def _is_waiting(word: str) -> bool:
    return _WAITING.fullmatch(word) is not None


def body_element(page: Page, item: Item) -> int | None:
    """Return the element that holds the text and says so by its class; None where none does."""
    likely = item.having(_SURE) or [n for n, own in item.tagged if any(map(_is_likely, own))]
    likely = [node for node in likely if _may_hold(page, node)]
    if not likely:
        return None
    chosen = likely[0]
    for node in likely[1:]:
        if page.is_in(node, chosen) and page.tree.names[node] != "p":
            chosen = node
    return chosen


def _may_hold(page: Page, node: int) -> bool:
    """Whether an element can hold a text: a ``<p>`` does not if its first paragraph ended it."""
    tree = page.tree
    if tree.names[node] == "p":
        return any(not tree.names[at] or tree.names[at] == "img" for at in tree.children(node))
    return tree.names[node] not in _NO_BODIES


def text_of(
    page: Page, item: Item, body: int | None, parts: set[int], meta: dict[str, object]
) -> str | None:
    """Return the HTML of a comment's text; None where the page shows none.

    *parts* are elements that are known to be none of it. A line above the first paragraph that
    nothing but a date can be goes to *meta*.
    """
    source = _Source(page, item, parts)
    if body is not None:
        return source.cut(body)
    if page.tree.names[item.node] == "dt":
        return source.definitions() or None
    if not item.classes.isdisjoint(("pingback", "trackback")):
        return None
    around = [node for node, own in item.tagged if any(map(_is_around, own))]
    return source.loose(source.narrow(around[0] if around else item.node), meta) or None


def _stripped(text: str) -> str:
    """Return HTML without the white space, line breaks and notes to programmers around it."""
    start, end = 0, len(text)
    while start < end:
        step = _break_at(text, start)
        if not step:
            break
        start += step
    while start < end:
        mark = next((each for each in _BREAKS if text.endswith(each, start, end)), "")
        if text.endswith("-->", start, end):
            mark = text[max(text.rfind("<!--", start, end), start) : end]
        if not mark and not text[end - 1].isspace():
            break
        end -= len(mark) or 1
    return text[start:end]


def _break_at(text: str, at: int) -> int:
    if text[at].isspace():
        return 1
    if text.startswith("<!--", at):
        return max(text.find("-->", at) + 3 - at, 0)
    return next((len(each) for each in _BREAKS if text.startswith(each, at)), 0)


class _Source:
    """The source of a comment with the stretches that are not its text."""

    def __init__(self, page: Page, item: Item, parts: set[int]) -> None:
        self.page = page
        self.item = item
        self.gaps = sorted(self._gaps() | parts)
        self.visible = self._visible()

    def _gaps(self) -> set[int]:
        names = self.page.tree.names
        found = set(self.item.holes)
        found.update(node for node in self.item.elements if names[node] in _UNREAD)
        for node, classes in self.item.tagged:
            is_button = names[node] == "a" and any(map(_is_button, classes))
            is_button = is_button or (names[node] == "a" and self._is_stamp(node))
            if is_button or (
                any(map(_is_furniture, classes))
                and _SURE.isdisjoint(classes)
                and not any(map(_is_around, classes))
            ):
                found.add(node)
        return found

    def _is_stamp(self, node: int) -> bool:
        """Whether a link is the time of the comment itself."""
        found = self.page.tree.attributes(node)
        return "datetime" in found and fragment_of(found.get("href", "")) == self.item.number

    def _visible(self) -> list[int]:
        """Return what a reader sees of the text: words and pictures."""
        tree = self.page.tree
        ends = [(node, tree.lasts[node]) for node in self.gaps]
        seen, place, hidden = [], 0, 0
        for node in self.item.nodes:
            while place < len(ends) and ends[place][0] <= node:
                hidden = max(hidden, ends[place][1])
                place += 1
            if node >= hidden and (
                tree.names[node] == "img"
                or (not tree.names[node] and tree.inner(node).strip() not in _NOTHING)
            ):
                seen.append(node)
        return seen

    def is_seen(self, node: int) -> bool:
        """Whether anything of the text is in an element."""
        place = bisect_left(self.visible, node)
        return place < len(self.visible) and self.visible[place] < self.page.tree.lasts[node]

    def cut(self, node: int) -> str:
        """Return the source in an element without what is no part of the text."""
        tree = self.page.tree
        at, stop, parts = tree.opens[node], tree.closes[node], []
        first = bisect_right(self.gaps, node)
        for gap in self.gaps[first : bisect_left(self.gaps, tree.lasts[node])]:
            gap = self._emptied(gap, node)
            if tree.starts[gap] >= at:
                parts.append(tree.text[at : tree.starts[gap]])
            at = max(at, tree.ends[gap])
        parts.append(tree.text[at:stop])
        return _stripped("".join(parts))

    def _emptied(self, gap: int, root: int) -> int:
        """Return the largest element of which nothing is left when the gap is cut out."""
        tree = self.page.tree
        for _ in range(_PARENTS):
            outer = tree.parents[gap]
            if outer <= root or self.is_seen(outer) or tree.names[outer] in ("td", "th", "tr"):
                break
            gap = outer
        return gap

    def narrow(self, node: int) -> int:
        """Return the innermost box that holds all of the text."""
        tree = self.page.tree
        while True:
            inside = [each for each in tree.children(node) if self.is_seen(each)]
            if len(inside) != 1 or tree.names[inside[0]] not in _NARROW:
                return node
            node = inside[0]

    def definitions(self) -> str:
        """Return what stands in the ``dd`` after a ``dt``."""
        tree, found = self.page.tree, []
        node = tree.lasts[self.item.node]
        while node < len(tree) and tree.names[node] in ("", "dd"):
            if tree.names[node] == "dd" and self.is_seen(node):
                found.append(self.cut(self.narrow(node)))
            node = tree.lasts[node]
        return "\n".join(found)

    def loose(self, node: int, meta: dict[str, object]) -> str:
        """Return the text in an element that holds other things too."""
        tree = self.page.tree
        first = next(
            (n for n in tree.children(node) if tree.names[n] in _BLOCKS and self.is_seen(n)), None
        )
        text = self.cut(node)
        if first is None:
            return text
        above = [n for n in self.visible if node < n < first]
        line = " ".join(" ".join(tree.string(n) for n in above).split())
        is_date = len(line) <= _DATE_LENGTH and any(map(str.isdigit, line))
        says = len(line) <= _SAYS_LENGTH and line.endswith((":", "\uff1a"))
        if above and not is_date and not says:
            return text
        if is_date:
            meta.setdefault("date", line)
        start = text.find(tree.text[tree.starts[first] : tree.opens[first]])
        return text[max(start, 0) :]
