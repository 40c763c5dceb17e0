"""Find the posts in a graph of objects, and the parent of each, without recursion."""

from collections.abc import Iterable, Mapping

import attrs

from ..._markup.html import Tree
from ._html_items import Item
from ._list_nesting import parents_by_place
from ._vocabulary import (
    ANSWERS,
    COMMENTS,
    NOT_BELOW,
    REVIEWED,
    REVIEWS,
    TEXTS,
    is_article,
    local_name,
    types_of,
)

_MAY_NAME = frozenset({"comment", "suggestedAnswer", "acceptedAnswer"})
_REFERENCE = frozenset({"@id", "@type"})
_PEOPLE = frozenset({"author", "creator", "dateCreated", "datePublished"})
_SAID = _PEOPLE | {*TEXTS, "commentTime", "name", "url", "identifier", "parentItem"}
_NAMES = ("@id", "identifier", "url")


@attrs.define(eq=False)
class Post:
    """An object that is a comment or an article."""

    value: Mapping[str, object]
    types: frozenset[str]
    is_comment: bool
    above: "Post | None" = None
    """Its parent post; None if a comment states none."""
    is_accepted: bool = False
    is_listed: bool = False
    """Whether it is in an FAQ, which is not a discussion."""
    unknown: str | None = None
    """The name of its parent post, if that is missing."""
    root_name: str | None = None
    """The name of its parent, if that is missing and is not a comment."""

    @property
    def node(self) -> int:
        """Its element in a page; -1 in JSON-LD."""
        return self.value.node if isinstance(self.value, Item) else -1


class Graph:
    """The posts among some values, each once, in order."""

    def __init__(self, values: Iterable[object]) -> None:
        self.posts: list[Post] = []
        self.absent: list[tuple[Post, str]] = []
        """Names of missing comments, each after the post that lists it."""
        self._values = list(values)  # keeps them alive, so their identities are unique
        self._others: dict[str, Mapping[str, object]] = {}  # people and sites, by their ``@id``
        self._post_of: dict[int, Post] = {}  # by the identity of its object
        self._named: dict[str, Post] = {}
        self._references: list[tuple[Post, str, str]] = []
        self._walk()
        self._resolve()
        self._leave_out_frequent_questions()

    def named(self, value: object) -> Post | None:
        """Return the post that a value is, or names by its id, identifier or address."""
        return self._post_of.get(id(value)) or next(
            (self._named[name] for name in names_of(value) if name in self._named), None
        )

    def is_post(self, value: object) -> bool:
        """Whether a value is an object that is a post."""
        return isinstance(value, dict) and id(value) in self._post_of

    def resolved(self, value: object) -> object:
        """Return the target of a reference; any other value unchanged."""
        if isinstance(value, dict) and _REFERENCE.issuperset(value):
            id = value.get("@id")
            return self._others.get(id, value) if isinstance(id, str) else value
        return value

    def place_in(self, tree: Tree) -> None:
        """Use the elements of a page as parents of comments whose objects state none."""
        comments = {post.node: post for post in self.posts if post.is_comment and post.node >= 0}
        for node, parent in parents_by_place(tree, comments).items():
            post, above = comments[node], comments.get(-1 if parent is None else parent)
            if above is not None and (post.above is None or not post.above.is_comment):
                post.above = above
        self.posts.sort(key=lambda post: post.node)

    # -- finding posts ---------------------------------------------------------------------------

    def _walk(self) -> None:
        pending: list[tuple[object, Post | None, str, bool]] = []
        pending += [(value, None, "", False) for value in reversed(self._values)]
        seen: set[int] = set()
        while pending:
            value, above, name, is_listed = pending.pop()
            if isinstance(value, list):
                pending += [(each, above, name, is_listed) for each in reversed(value)]
                continue
            if isinstance(value, str) and above is not None and name in ANSWERS and value:
                self._references.append((above, name, value))
            if not isinstance(value, dict):
                continue
            if id(value) in seen:
                self._met_again(value, above, name)
                continue
            seen.add(id(value))
            types = types_of(value)
            is_listed = is_listed or "faqpage" in types
            post = self._post(value, types, above, name, is_listed=is_listed)
            inner = post or above
            for key, each in [*value.items()][::-1]:
                if type(each) is str and key not in _MAY_NAME:
                    continue
                word = local_name(key).lower()
                if isinstance(each, dict | list | str) and word not in NOT_BELOW:
                    pending.append((each, inner, word, is_listed))

    def _met_again(self, value: Mapping[str, object], above: Post | None, name: str) -> None:
        post = self._post_of.get(id(value))
        if post is not None and name in ANSWERS:
            post.is_accepted = post.is_accepted or name == "acceptedanswer"
            if post.above is None and above is not post:
                post.above = above

    def _post(
        self,
        value: Mapping[str, object],
        types: frozenset[str],
        above: Post | None,
        name: str,
        *,
        is_listed: bool,
    ) -> Post | None:
        """Add an object that is a post; None if it is not, or is only a reference."""
        if _REFERENCE.issuperset(value) and "@id" in value:
            if above is not None and name in ANSWERS:
                self._references += [(above, name, each) for each in names_of(value)]
            return None
        is_answer = bool(types & COMMENTS) or (name in ANSWERS and above is not None)
        is_review = bool(types & REVIEWS) and above is not None and name in REVIEWED
        if not (is_answer or is_review or is_article(types)):
            id_ = value.get("@id")
            if isinstance(id_, str):
                self._others.setdefault(id_, value)
            return None
        if isinstance(value, Item) and is_answer and _SAID.isdisjoint(value):
            return None  # themes mark the whole comment section as a comment
        known = self._same(value, above)
        if known is not None:
            self._post_of[id(value)] = known
            known.is_accepted = known.is_accepted or name == "acceptedanswer"
            known.value = {**value, **known.value}
            known.is_comment = known.is_comment or is_answer
            if known.above is None and above is not known:
                known.above = above
            return known
        is_comment = is_answer or is_review
        post = Post(value, types, is_comment, above if is_comment else None)
        post.is_accepted, post.is_listed = name == "acceptedanswer", is_listed
        self.posts.append(post)
        self._post_of[id(value)] = post
        for each in names_of(value):
            self._named.setdefault(each, post)
        return post

    def _same(self, value: Mapping[str, object], above: Post | None) -> Post | None:
        """Return the existing post of an object with the same ``@id``."""
        if isinstance(value, Item):
            return None
        id_ = value.get("@id")
        known = self._named.get(id_) if isinstance(id_, str) else None
        is_same = known is not None and known.value.get("@id") == id_ and known is not above
        return known if is_same else None

    def _leave_out_frequent_questions(self) -> None:
        """Mark questions without an author, and their answers: an FAQ is not a discussion."""
        asked = {
            id(post.above if post.is_comment else post)
            for post in self.posts
            if not _PEOPLE.isdisjoint(post.value)
        }
        for post in self.posts:
            is_unasked = post.types == {"question"} and id(post) not in asked
            if is_unasked or (post.above is not None and post.above.is_listed):
                post.is_listed = True

    # -- finding parents -------------------------------------------------------------------------

    def _resolve(self) -> None:
        for above, name, named in self._references:
            post = self._named.get(named)
            if post is None:
                self.absent.append((above, named))
            elif post is not above:
                post.is_comment = True
                post.is_accepted = post.is_accepted or name == "acceptedanswer"
                post.above = post.above or above
        for post in self.posts:
            for key in ("parentItem", "about", "discusses", "itemReviewed"):
                stated = first_of(post.value.get(key))
                if stated is not None and (post.is_comment or key == "parentItem"):
                    self._resolve_parent(post, stated, is_parent=key == "parentItem")

    def _resolve_parent(self, post: Post, stated: object, *, is_parent: bool) -> None:
        """Set the parent that a post names, which may be missing."""
        above, names = self.named(stated), names_of(stated)
        if above is not None:
            if above is not post and (is_parent or post.above is None):
                post.above, post.is_comment = above, True
        elif is_parent and names:
            post.is_comment = True
            types = types_of(stated) if isinstance(stated, dict) else frozenset()
            if (types or isinstance(stated, Item)) and not types & COMMENTS:
                post.root_name = names[0]
            else:
                post.unknown = names[0]


def names_of(value: object) -> list[str]:
    """Return the names of an object in references: its id, its identifier, its address."""
    if isinstance(value, str):
        return [value] if value else []
    if not isinstance(value, dict):
        return []
    names = []
    for key in _NAMES:
        if key not in value:
            continue
        each = first_of(value[key])
        if isinstance(each, dict):
            each = each.get("value") or each.get("@id")
        if type(each) is int:
            each = str(each)
        if isinstance(each, str) and each:
            names.append(each)
    return names


def first_of(value: object) -> object:
    """Return the first value of an array; any other value unchanged."""
    return (value[0] if value else None) if isinstance(value, list) else value
