"""`redact_contacts`: remove e-mail addresses, telephone numbers and IP addresses."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import final

import attrs

from .._notebook import Result
from .._prose import spliced, visible
from .._threads import Threads, keyed
from ..errors import NotOneThreadError, Problem, shown
from ..model import Article, Author, Comment, Meta, TextFormat
from ..thread import Thread
from ._contacts import ContactKind, contacts


@final
@attrs.frozen(repr=False)
class Redacted(Result):
    """The result of `redact_contacts`: the new threads, and how much was removed."""

    threads: tuple[Thread, ...]
    """The new threads, in the original order."""
    emails: int = 0
    """How many e-mail addresses were removed."""
    phones: int = 0
    """How many telephone numbers were removed."""
    ips: int = 0
    """How many IP addresses were removed."""
    problems: tuple[Problem, ...] = ()
    """Kind ``contact-left``: a name or id contains an address, which was kept because it identifies
    an author or comment; `pseudonymise` replaces it."""

    @property
    def thread(self) -> Thread:
        """The one thread. Raises `NotOneThreadError` if there is none, or more than one."""
        if len(self.threads) != 1:
            raise NotOneThreadError(len(self.threads))
        return self.threads[0]


def redact_contacts(threads: Threads) -> Redacted:
    """Return a thread, or several, with contact details replaced by markers.

    E-mail addresses become ``[email]``, telephone numbers ``[phone]``, and IP addresses (IPv4 and
    IPv6) ``[ip]``: in texts, titles, captions, bios, and all strings in every ``meta``. In HTML,
    both visible text and tags are searched. URLs, names and ids stay; names and ids that contain an
    address are reported. A second call changes nothing.

    A run of digits is a telephone number if it is written like one: with ``+`` or ``00``, with an
    area code in brackets or with a leading zero, in North American groups, or after a word such as
    ``tel``. Dates, years, prices, versions and ISBNs are not. O(length of all texts).

    >>> thread = Thread(None, [Comment("1", text="Ask ada@bridge.example or +44 20 7946 0123.")])
    >>> done = redact_contacts(thread)
    >>> done.thread["1"].text, done.emails, done.phones
    ('Ask [email] or [phone].', 1, 1)
    """
    several = keyed(threads)
    work = _Work()
    redacted = tuple(work.thread(thread) for _, thread in several)
    problems = tuple(problem for key, thread in several for problem in _left(thread, key))
    counts = work.counts
    return Redacted(redacted, counts["email"], counts["phone"], counts["ip"], problems)


class _Work:
    """The state of one call of `redact_contacts`."""

    def __init__(self) -> None:
        self.counts: Counter[ContactKind] = Counter()
        self.authors: dict[Author, Author] = {}

    def thread(self, thread: Thread) -> Thread:
        return attrs.evolve(
            thread,
            article=thread.article and self.article(thread.article),
            comments=tuple(map(self.comment, thread.comments)),
            meta=self.meta(thread.meta),
        )

    def comment(self, comment: Comment) -> Comment:
        text = self.text(comment.text, comment.text_format)
        title = self.text(comment.title)
        author = comment.author and self.author(comment.author)
        meta = self.meta(comment.meta)
        old = (comment.text, comment.title, comment.author, comment.meta)
        if all(a is b for a, b in zip(old, (text, title, author, meta), strict=True)):
            return comment
        return attrs.evolve(comment, text=text, title=title, author=author, meta=meta)

    def article(self, article: Article) -> Article:
        return attrs.evolve(
            article,
            title=self.text(article.title),
            text=self.text(article.text, article.text_format),
            captions=tuple(self.text(caption) or "" for caption in article.captions),
            authors=tuple(map(self.author, article.authors)),
            meta=self.meta(article.meta),
        )

    def author(self, author: Author) -> Author:
        if author.bio is None and not author.meta:
            return author
        if author not in self.authors:
            bio, meta = self.text(author.bio), self.meta(author.meta)
            self.authors[author] = attrs.evolve(author, bio=bio, meta=meta)
        return self.authors[author]

    def text(self, text: str | None, text_format: TextFormat = TextFormat.TEXT) -> str | None:
        if not text:
            return text
        edits: list[tuple[int, int, str]] = []
        seen = visible(text, text_format)
        for contact in contacts(seen.text):
            self.counts[contact.kind] += 1
            for n, part in enumerate(seen.parts(contact.start, contact.end)):
                edits.append((*part, "" if n else f"[{contact.kind}]"))
        for start, end in seen.hidden:
            for contact in contacts(text[start:end]):
                self.counts[contact.kind] += 1
                edits.append((start + contact.start, start + contact.end, f"[{contact.kind}]"))
        return spliced(text, edits) if edits else text

    def meta(self, meta: Meta) -> Meta:
        """Return a meta with all strings redacted. Keys stay."""
        if not meta:
            return meta
        plain = meta.to_dict()
        pending: list[dict[str, object] | list[object]] = [plain]
        changed = False
        while pending:
            values = pending.pop()
            items = list(values.items() if isinstance(values, dict) else enumerate(values))
            for key, value in items:
                if isinstance(value, dict | list):
                    pending.append(value)
                elif isinstance(value, str) and (new := self.text(value)) != value:
                    values[key] = new  # type: ignore[index,call-overload]  # its own key or number
                    changed = True
        return Meta(plain) if changed else meta


def _left(thread: Thread, key: int | str | None) -> Iterator[Problem]:
    where = "" if key is None else f" (thread {shown(key)})"

    @cache
    def has_contact(author: Author) -> bool:
        return any(map(contacts, filter(None, (author.name, author.id, author.display_name))))

    comments = thread.comments
    names = [c.id for c in comments if c.author is not None and has_contact(c.author)]
    ids = [c.id for c in comments if "@" in c.id and contacts(c.id)]
    if names:
        message = f"the authors of {len(names)} comments have an address in their name or id{where}"
        yield Problem("contact-left", message, tuple(names))
    if ids:
        yield Problem("contact-left", f"{len(ids)} ids contain an address{where}", tuple(ids))
