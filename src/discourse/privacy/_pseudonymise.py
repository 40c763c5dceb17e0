"""`pseudonymise`: replace authors by pseudonyms, in author fields and in texts."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias, TypeVar, final

import attrs

from .._notebook import Result
from .._prose import Call, calls, is_plain_word, judge, visible
from .._threads import Threads, listed
from ..errors import FieldError, NotOneThreadError, Problem, shown
from ..model import EMPTY, Article, Author, Comment, Source, Stub, TextFormat
from ..thread import Thread
from ._identities import reached
from ._name_search import Spot, loose, replaced, spots
from ._pseudonyms import Maker, checked_key, identity_of

_T = TypeVar("_T")

Scope: TypeAlias = Literal["authors", "text", "urls", "meta", "article", "ids"]
"""A part of a thread that pseudonyms can reach."""

_ALL = ("authors", "text", "urls", "meta", "article", "ids")
_NAME_FIELDS = ("name", "id", "display_name")
_USUAL: tuple[Scope, ...] = ("authors", "text", "urls", "meta")


@final
@attrs.frozen(repr=False)
class Pseudonymised(Result):
    """The result of `pseudonymise`: the new threads, and what was changed."""

    threads: tuple[Thread, ...]
    """The new threads, in the original order."""
    people: int = 0
    """How many people got pseudonyms, including those who are only mentioned."""
    fields: int = 0
    """How many author fields (name, id, display_name) are now pseudonyms."""
    names: int = 0
    """How many names in texts were replaced."""
    dropped: int = 0
    """How many fields were emptied."""
    problems: tuple[Problem, ...] = ()
    """Kind ``dropped``: how often a field was emptied. ``plain-word``: a name that is also an
    ordinary word was replaced only in mentions. ``ambiguous-name``: several people share a name,
    which got its own pseudonym. ``name-is-pseudonym``: the name of one person is the pseudonym of
    another. ``name-in-id``: ids contain a name but are not in scope.
    The messages contain names: show them only to people who have the key."""

    @property
    def thread(self) -> Thread:
        """The one thread. Raises `NotOneThreadError` if there is none, or more than one."""
        if len(self.threads) != 1:
            raise NotOneThreadError(len(self.threads))
        return self.threads[0]


def pseudonymise(
    threads: Threads,
    *,
    key: bytes,
    scope: Iterable[Scope] = _USUAL,
    parts: bool = False,
) -> Pseudonymised:
    """Return the threads with each author replaced by a pseudonym, and what was changed.

    A person gets the same pseudonym from the same key in every thread and every run; `pseudonym`
    describes how it is computed. In one call, no two people share a pseudonym. Authors with an
    equal `Author.key` are the same person, before and after. A second call with the same key
    changes nothing. The tree stays the same.

    Args:
        threads: One thread or several. Names from any thread are replaced in all.
        key: At least 16 secret bytes. Anyone who has the key can re-identify people.
        scope: What to pseudonymise. ``"authors"``: the authors of comments; name, id and
            display_name become the pseudonym if they are known; url, avatar_url, bio and meta are
            dropped. ``"text"``: texts, titles, captions, site and tags; mentions (``@name``, known
            or not) and names of known authors are replaced, with possessives, also in quotations
            and in HTML tags. ``"urls"``: URLs of comments are dropped, and those of the article and
            source if they contain a name. ``"meta"``: the meta of comments, article and thread, and
            cursors, are dropped. ``"article"``: all authors of the article, and its URL; otherwise,
            only authors who also comment. ``"ids"``: the ids of comments and of the article.
        parts: Also treat the first and last words of longer names as names.

    Raises `FieldError` for a short key or an unknown word in the scope. Placeholders and comments
    without an author stay without one. O(length of all texts · words of the longest name).

    >>> thread = Thread(None, [
    ...     Comment("1", None, Author("Ada"), "Closed again?"),
    ...     Comment("2", "1", Author("Bo", id="u7"), "@ada, Ada's bridge, yes."),
    ... ])
    >>> done = pseudonymise(thread, key=bytes(range(32)))
    >>> ada = done.thread["1"].author.name
    >>> done.thread["2"].text == f"@{ada}, {ada}'s bridge, yes."
    True
    >>> done.people, done.fields, done.names
    (2, 3, 2)
    """
    secret = checked_key(key, "pseudonymise")
    parts_reached = frozenset([scope] if isinstance(scope, str) else scope)
    for word in sorted(map(str, parts_reached.difference(_ALL))):
        raise FieldError(
            "privacy", "pseudonymise(scope)", word, f"must be some of {', '.join(_ALL)}"
        )
    originals = tuple(listed(threads))
    work = _Work(originals, secret, parts_reached, parts=parts)
    return Pseudonymised(
        threads=tuple(map(work.thread, originals)),
        people=len(work.people.identities),
        fields=work.fields,
        names=work.names,
        dropped=sum(work.dropped.values()),
        problems=tuple(work.problems()),
    )


class _Work:
    """The state of one call of `pseudonymise`: the people, the pseudonyms and the counts."""

    def __init__(
        self, threads: tuple[Thread, ...], key: bytes, scope: frozenset[str], *, parts: bool
    ) -> None:
        self.scope = scope
        self.people, self.byline = reached(
            [c.author for t in threads for c in t.comments if c.author is not None],
            [a for t in threads if t.article is not None for a in t.article.authors],
            all_of_them="article" in scope,
        )
        self.people.names.add_parts(last=parts)
        self.people.parts = parts
        if "text" in scope:
            self._know_called(threads)
        self.users, self.ids = Maker(key, "user"), Maker(key, "id")
        entries = self.people.names.entries
        self.users.know([*self.people.identities, *map(self.people.whose, entries)])
        if "ids" in scope:
            self.ids.know(c.id for t in threads for c in t.comments)
        self.authors: dict[Author, Author] = {}
        self.fields = self.names = 0
        self.dropped: Counter[str] = Counter()
        self.named_ids: list[str] = []

    def _know_called(self, threads: tuple[Thread, ...]) -> None:
        """Add people who are mentioned, but by a name that no author has."""
        called: list[Call[str]] = []
        for comment in (c for thread in threads for c in thread.comments if c.text):
            seen = visible(comment.text or "", comment.text_format).text
            called += [c for c in calls(seen, self.people.names) if c.entry is None]
        for call in filter(judge(called, self.people.names, threads), called):
            self.people.identities.setdefault(call.name)
            if call.name[0].isupper() and not is_plain_word(call.name):
                for name in (call.name, *call.name.split(" / ")):
                    self.people.add(name, call.name)

    # -- the values ------------------------------------------------------------------------------

    def thread(self, thread: Thread) -> Thread:
        article = thread.article and self._article(thread.article)
        return attrs.evolve(
            thread,
            article=article,
            comments=tuple(map(self._comment, thread.comments)),
            stubs=tuple(map(self._stub, thread.stubs)),
            source=thread.source and self._source(thread.source),
            meta=self._without("meta", "thread.meta", thread.meta, EMPTY),
        )

    def _comment(self, comment: Comment) -> Comment:
        id, parent = comment.id, comment.parent_id
        if "ids" in self.scope:
            id, parent = self.ids[id], None if parent is None else self.ids[parent]
        elif self._holds_name(id):
            self.named_ids.append(id)
        author = comment.author
        if author is not None and "authors" in self.scope:
            author = self._author(author)
        return attrs.evolve(
            comment, id=id, parent_id=parent, author=author,
            text=self._text(comment.text, comment.text_format),
            title=self._text(comment.title, TextFormat.TEXT),
            url=self._without("urls", "comment.url", comment.url, None),
            tags=self._tags(comment.tags),
            meta=self._without("meta", "comment.meta", comment.meta, EMPTY),
        )  # fmt: skip

    def _article(self, article: Article) -> Article:
        authors = article.authors
        if "authors" in self.scope:
            authors = tuple(
                self._author(author) if author in self.byline else self._bystander(author)
                for author in authors
            )
        id = article.id
        if id is not None and "ids" in self.scope:
            id = self.ids[id]
        elif id is not None and self._holds_name(id):
            self.named_ids.append(id)
        return attrs.evolve(
            article, id=id, authors=authors,
            title=self._text(article.title, TextFormat.TEXT, in_article=True),
            text=self._text(article.text, article.text_format, in_article=True),
            captions=tuple(
                self._text(c, TextFormat.TEXT, in_article=True) or "" for c in article.captions
            ),
            site=self._text(article.site, TextFormat.TEXT, in_article=True),
            url=self._url("article.url", article.url),
            tags=self._tags(article.tags),
            meta=self._without("meta", "article.meta", article.meta, EMPTY),
        )  # fmt: skip

    def _author(self, author: Author) -> Author:
        if author not in self.authors:
            identity = identity_of(author)
            name = None if identity is None else self.users[identity]
            self.authors[author] = Author(
                None if author.name is None else name,
                None if author.id is None else name,
                display_name=None if author.display_name is None else name,
                is_bot=author.is_bot,
            )
        pseudonymous = self.authors[author]
        self.fields += sum(getattr(pseudonymous, field) is not None for field in _NAME_FIELDS)
        for field in ("url", "avatar_url", "bio", "meta"):
            if getattr(author, field):
                self.dropped[f"author.{field}"] += 1
        return pseudonymous

    def _bystander(self, author: Author) -> Author:
        """Return an author out of scope without the names of people in scope."""
        return attrs.evolve(
            author,
            name=self._text(author.name, TextFormat.TEXT, in_article=True),
            display_name=self._text(author.display_name, TextFormat.TEXT, in_article=True),
            bio=self._text(author.bio, TextFormat.TEXT, in_article=True),
            url=self._url("author.url", author.url),
            avatar_url=self._url("author.avatar_url", author.avatar_url),
            meta=self._without("meta", "author.meta", author.meta, EMPTY),
        )

    def _stub(self, stub: Stub) -> Stub:
        if "ids" in self.scope:
            parent = stub.parent_id
            stub = attrs.evolve(
                stub, parent_id=None if parent is None else self.ids[parent],
                ids=tuple(self.ids[id] if id else id for id in stub.ids),
            )  # fmt: skip
        else:
            self.named_ids += [id for id in stub.ids if self._holds_name(id)]
        cursor = self._without("meta", "stub.cursor", stub.cursor, None)
        return stub if cursor == stub.cursor else attrs.evolve(stub, cursor=cursor)

    def _source(self, source: Source) -> Source:
        return attrs.evolve(source, url=self._url("source.url", source.url))

    # -- the fields ------------------------------------------------------------------------------

    def _without(self, part: str, field: str, value: _T, empty: _T) -> _T:
        if part not in self.scope or not value:
            return value
        self.dropped[field] += 1
        return empty

    def _url(self, field: str, url: str | None) -> str | None:
        if url and ("article" in self.scope or ("urls" in self.scope and self._holds_name(url))):
            self.dropped[field] += 1
            return None
        return url

    def _holds_name(self, text: str) -> bool:
        return next(loose(text, self.people.loose), None) is not None

    def _tags(self, tags: frozenset[str]) -> frozenset[str]:
        if not tags or "text" not in self.scope:
            return tags
        return frozenset(self._text(tag, TextFormat.TEXT) or tag for tag in tags)

    def _text(
        self, text: str | None, text_format: TextFormat, *, in_article: bool = False
    ) -> str | None:
        if not text or "text" not in self.scope:
            return text
        names = spots(text, text_format, self.people)
        if in_article and "article" not in self.scope:
            # Unknown people whom the article mentions are out of scope.
            names = [spot for spot in names if spot.entry is not None]
        if not names:
            return text
        self.names += len(names)
        return replaced(text, names, self._stands_for)

    def _stands_for(self, spot: Spot) -> str:
        """Return the pseudonym for a name."""
        return self.users[spot.name if spot.entry is None else self.people.whose(spot.entry)]

    # -- the report ------------------------------------------------------------------------------

    def problems(self) -> Iterator[Problem]:
        for field, count in self.dropped.items():
            yield Problem(
                "dropped", f"{field} was emptied in {count} places", values=(field, count)
            )
        for entry in self.people.ambiguous():
            message = f"{len(entry.values)} people have the name {shown(entry.name)}"
            yield Problem("ambiguous-name", f"{message}: it got its own pseudonym in texts")
        for entry in self.people.names.entries:
            if is_plain_word(entry.name) and not entry.partial and "text" in self.scope:
                message = f"the name {shown(entry.name)} is also an ordinary word"
                yield Problem("plain-word", f"{message}: replaced only in mentions")
        for name in self.users.usurped:
            message = f"the name {shown(name)} of one person is the pseudonym of another"
            yield Problem("name-is-pseudonym", f"{message}, who got a longer one")
        if self.named_ids:
            message = f"{len(self.named_ids)} ids contain a name, but are not in scope"
            yield Problem("name-in-id", message, tuple(self.named_ids))
