"""`mentions`: the names by which commenters address each other, and whom they mean."""

from bisect import bisect_left, bisect_right
from typing import Literal, final

import attrs

from .._expect import expect_thread
from .._prose import Call, Names, calls, is_plain_word, judge, visible
from ..model import Author
from ..thread import Thread
from ._passages import is_header
from ._sources import is_earlier

_MOST = 100
"""The most targets of a mention: the author's nearest earlier comments."""

_SURE = {("at", True): 1.0, ("at", False): 0.6, ("address", True): 0.9, ("address", False): 0.5}


@final
@attrs.frozen
class Mention:
    """A name by which a comment addresses someone."""

    comment_id: str
    """The comment with the mention."""
    name: str
    """The name, as written."""
    span: tuple[int, int]
    """Its position in the text, without the ``@``."""
    author: Author | None
    """The author with this name; None if unknown."""
    target_ids: tuple[str, ...]
    """The comments that it may refer to: the nearest ancestor by that author or, if there is none,
    the author's earlier comments, nearest first (at most 100)."""
    kind: Literal["at", "address"] = "at"
    """``"at"``: after ``@`` or ``u/``; ``"address"``: at the start of the text."""
    confidence: float = 1.0
    """The confidence that someone is addressed, and who, from 0 to 1; a rule of thumb."""


_Numbered = tuple[int, tuple[int, int], Call[str]]


def mentions(thread: Thread) -> tuple[Mention, ...]:
    """Return every mention: ``@name`` or ``u/name``, and ``name,`` or ``To name:`` at the start.

    The authors of the comments and of the article are known by ``name`` and ``display_name``, in
    any case and with or without accents. The longest name wins. The first word of a longer name is
    enough, as are all words but the first, if no other author has them. Authors whose `Author.key`
    is None are ignored.

    Unknown names are returned with ``author=None`` and without targets in three cases: after ``@``
    (several words if nothing else is on the first line, as in ``@First Last / Nick``), alone on the
    first line with a comma, and as a full name at the start. A full name is two to five capitalised
    words that are not common words, that nobody in the thread writes in lower case, and that the
    article does not mention. Full names in scripts without capitals are not found. E-mail
    addresses, URLs and bare numbers are not mentions.

    A line with only a name and a colon, directly before a quoted block, attributes the quotation.
    It is not a mention; `quotes` finds the quotation and its source.

    If several people have a name, it means the author of the nearest ancestor or, failing that, of
    the nearest earlier comment or, failing that, the first.

    O(length of all texts + result).

    >>> thread = Thread(None, [
    ...     Comment("1", None, Author("Ada Byron"), "Closed again?"),
    ...     Comment("2", "1", Author("Bo"), "@ada byron, and @Cy: yes."),
    ... ])
    >>> for mention in mentions(thread):
    ...     print(mention.name, mention.span, mention.target_ids)
    ada byron (1, 10) ('1',)
    Cy (17, 19) ()
    """
    expect_thread(thread)
    people = _People(thread)
    answer: list[Mention] = []
    for number, span, call in _called(thread, people.names):
        people.enter(number)
        author, targets = people.meant(call, number)
        id = thread.comments[number].id
        answer.append(Mention(id, call.name, span, author, targets, call.kind, _sure(call)))
    return tuple(answer)


def _called(thread: Thread, names: Names[str]) -> list[_Numbered]:
    """Return the mentions in each comment and their stored positions. Doubtful ones are decided."""
    called: list[_Numbered] = []
    for number, comment in enumerate(thread.comments):
        if comment.text:
            seen = visible(comment.text, comment.text_format)
            called += [
                (number, seen.span(call.start, call.end), call)
                for call in calls(seen.text, names)
                if call.kind == "at" or not is_header(seen, call.start, call.end)
            ]
    is_call = judge((call for _, _, call in called), names, [thread])
    return [row for row in called if is_call(row[2])]


def _sure(call: Call[str]) -> float:
    sure = _SURE[call.kind, call.entry is not None]
    if call.entry is not None and (
        call.entry.partial or (call.kind == "address" and is_plain_word(call.name))
    ):
        sure *= 0.6
    return sure


class _People:
    """The known authors, what each wrote so far, and the ancestors of the current comment."""

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self.comments = thread.comments
        self.authors: dict[str, Author] = {}
        self.written: dict[str, list[int]] = {}
        self.names: Names[str] = Names()
        for number, comment in enumerate(thread.comments):
            key = comment.author.key if comment.author is not None else None
            if comment.author is not None and key is not None:
                self._know(key, comment.author)
                self.written.setdefault(key, []).append(number)
        for author in thread.article.authors if thread.article is not None else ():
            if author.key is not None:
                self._know(author.key, author)
        self.names.add_parts()
        self.entered = 0
        self.branch: list[str | None] = []
        self.above: dict[str, list[int]] = {}

    def _know(self, key: str, author: Author) -> None:
        if self.authors.setdefault(key, author) != author or key not in self.written:
            for name in (author.name, author.display_name):
                if name:
                    self.names.add(name, key)

    def enter(self, number: int) -> None:
        """Advance to a comment. O(1) amortised."""
        for comment in self.comments[self.entered : number + 1]:
            depth = self.thread.depth(comment)
            while len(self.branch) > depth:
                key = self.branch.pop()
                if key is not None:
                    self.above[key].pop()
            key = comment.author.key if comment.author is not None else None
            self.branch.append(key)
            if key is not None:
                self.above.setdefault(key, []).append(self.entered)
            self.entered += 1

    def meant(self, call: Call[str], number: int) -> tuple[Author | None, tuple[str, ...]]:
        """Return who is addressed, and which of their comments may be meant."""
        if call.entry is None:
            return None, ()
        keys = list(call.entry.values)[:_MOST]
        over = [(self._nearest_above(key, number), -n) for n, key in enumerate(keys)]
        nearest, n = max(over)
        if nearest >= 0:
            return self.authors[keys[-n]], (self.comments[nearest].id,)
        before = [(self._nearest_before(key, number), -n) for n, key in enumerate(keys)]
        key = keys[-max(before)[1]]
        return self.authors[key], self._earlier(key, number)

    def _nearest_above(self, key: str, number: int) -> int:
        above = self.above.get(key, [])
        if above and above[-1] == number:
            return above[-2] if len(above) > 1 else -1
        return above[-1] if above else -1

    def _nearest_before(self, key: str, number: int) -> int:
        written = self.written.get(key, [])
        n = bisect_left(written, number)
        return written[n - 1] if n else -1

    def _earlier(self, key: str, number: int) -> tuple[str, ...]:
        written = self.written.get(key, [])
        here, after = bisect_left(written, number), bisect_right(written, number)
        near = written[max(here - _MOST, 0) : here][::-1] + written[after : after + _MOST]
        earlier = [n for n in near if is_earlier(self.comments, n, number)]
        return tuple(self.comments[n].id for n in earlier[:_MOST])
