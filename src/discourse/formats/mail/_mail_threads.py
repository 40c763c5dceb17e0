"""Build threads from messages, one for each conversation."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from urllib.parse import quote

import attrs

from ..._problems import ProblemLog
from ..._zones import Zone, zone_of
from ...errors import ParseError, Place, shown
from ...model import Article, Author, Comment, Status
from .._base import Reading
from .._kit import Builder
from .._signatures import LEAST_MAIL_FIELDS, MAIL_FIELDS
from ._bodies import body_of
from ._header_fields import (
    LONGEST,
    Head,
    author_of,
    field_text,
    head_of,
    ids_in,
    message_id,
    time_of,
    words,
)
from ._mailboxes import Raw, raw_messages
from ._reply_chains import Chains, Link

#: Bytes are mail if they have one of these fields, or several others.
_FIELDS = frozenset({"from", "message-id", "subject", "received", "newsgroups", "return-path"})
#: The fields to store in ``meta``; others concern transport, or have people's addresses.
_KEPT = frozenset(
    {"list-id", "newsgroups", "followup-to", "distribution", "organization", "keywords", "summary"}
    | {"comments", "supersedes", "control", "expires", "lines", "xref", "user-agent", "x-mailer"}
    | {"x-newsreader", "auto-submitted", "precedence", "importance", "x-gm-labels"}
)
#: Prefixes that programs and lists add to a subject: "[mills] Re: ", "AW: ".
_PREFIX = re.compile(
    r"(?:\s*+(?:\[[^\[\]]{1,60}\]|(?:re|aw|antw|sv|vs|ref|rif|odp|res|fwd?|wg|tr|rv|回复|答复)"
    r"\s{0,3}(?:[\[(^]\d{1,3}[\])]?)?\s{0,3}[:：]))++\s*+",
    re.IGNORECASE,
)
_LIST_TAG = re.compile(r"(?<!\S)\[[^\[\]]{1,60}\]")
_LIST_ID = re.compile(r"<([^<>]+)>\s*\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HEAD_IN_TEXT = re.compile(r"^Message-ID:[ \t]*<", re.MULTILINE | re.IGNORECASE)
_FORWARDED = re.compile(r"forward|original", re.IGNORECASE)
_HEAD_LINES = 60
#: The first message in mailboxes of pine and of the University of Washington's IMAP server.
_INTERNAL = "FOLDER INTERNAL DATA"

_Part = tuple[str | None, str | bytes]


def parse(
    text: str, *, subjects: bool = False, zone: Zone = None, contacts: bool = False
) -> Reading:
    """Read a mailbox or a message that is already text.

    Args:
        text: The mailbox, with 8-bit charsets decoded.
        subjects: Join conversations with the same subject, besides those that the fields link.
        zone: The zone of times without one.
        contacts: Keep all header fields in ``meta``, with e-mail and IP addresses.
    """
    return _read([(None, text)], subjects=subjects, zone=zone, contacts=contacts)


def parse_bytes(
    data: bytes, *, subjects: bool = False, zone: Zone = None, contacts: bool = False
) -> Reading:
    """Read a mailbox or a message; options as for `parse`."""
    return _read([(None, data)], subjects=subjects, zone=zone, contacts=contacts)


def parse_parts(
    parts: Iterable[_Part],
    *,
    subjects: bool = False,
    zone: Zone = None,
    contacts: bool = False,
) -> Reading:
    """Read several mailboxes or messages as one; options as for `parse`."""
    return _read(list(parts), subjects=subjects, zone=zone, contacts=contacts)


def _read(parts: list[_Part], *, subjects: bool, zone: Zone, contacts: bool) -> Reading:
    reader = _Reader(zone_of(zone), contacts=contacts)
    errors = [error for name, data in parts if (error := reader.take(name, data)) is not None]
    if errors and not reader.messages:
        raise errors[0]
    for error in errors:
        reader.log.add("not-recognised", f"{error.message}: skipped", place=error.place)
    return reader.reading(subjects=subjects)


@attrs.frozen
class _Message:
    """A message as a comment without a parent, and the facts about its place."""

    comment: Comment
    link: Link
    site: str | None
    """The mailing list or newsgroup."""
    groups: frozenset[str]
    place: Place


class _Reader:
    def __init__(self, zone: dt.tzinfo | None, *, contacts: bool) -> None:
        self.builder = Builder("mail")
        self.log: ProblemLog = self.builder.log
        self.messages: list[_Message] = []
        self._zone = zone
        self._contacts = contacts
        self._authors: dict[str, Author | None] = {}

    def take(self, source: str | None, data: str | bytes) -> ParseError | None:
        """Read the messages of one input; return the error if there are none."""
        is_unicode = isinstance(data, str)
        encoded = data.encode("utf-8", "replace") if isinstance(data, str) else data
        count = 0
        for number, raw in enumerate(raw_messages(encoded)):
            head = head_of(raw.data)
            if number == 0 and not raw.in_mbox and not _is_message(head):
                message = "does not begin with message headers, such as From: and Subject:"
                return ParseError(message, Place(source=source, offset=raw.offset))
            count += 1
            self._take(raw, head, Place(source=source, offset=raw.offset), is_unicode=is_unicode)
            if raw.in_mbox and not raw.data.endswith(b"\n"):
                self._tell("truncated", "the last message ends within a line", self.messages[-1])
        if count == 0:
            return ParseError("there is no message", Place(source=source, offset=0))
        return None

    def _take(self, raw: Raw, head: Head, place: Place, *, is_unicode: bool) -> None:
        self.builder.items([raw])
        charset = _charset(head)
        title = words(head.value("subject", charset)) if "subject" in head.fields else None
        if title is not None and _INTERNAL in title and "x-imap" in head.fields | {"x-imap": []}:
            self.builder.skip(raw, "service-message", "data of a mail program", value=title)
            return
        body = body_of(head, raw.data, is_unicode=is_unicode)
        id = message_id(head.value("message-id", charset))
        is_made = id is None
        id = id or _made_id(head, body.text)
        meta = self._meta(head, charset)
        if body.attachments:
            meta["attachments"] = body.attachments
        created_at = self._time(head, id, meta, place)
        groups = [group.strip() for group in head.value("newsgroups").split(",")]
        list_name = words(head.value("list-id", charset))
        list_id = _LIST_ID.search(list_name)
        language = head.value("content-language")
        url = head.value("archived-at").strip("<> ")
        comment = Comment(
            id,
            None,
            self._author(head, charset),
            body.text,
            text_format=body.text_format,
            title=title,
            created_at=created_at,
            language=language if _LANGUAGE.fullmatch(language) else None,
            url=url if url.startswith(("http://", "https://")) else None,
            meta=meta,
        )
        listed = (field_text(v[-LONGEST:]) for v in head.fields.get("references", ()))
        references = ids_in(" ".join(listed))  # the parent is the last of them
        link = Link(id, references, ids_in(head.value("in-reply-to", charset)))
        site = (list_id[1] if list_id else list_name) or groups[0] or None
        message = _Message(comment, link, site, frozenset(filter(None, groups)), place)
        self.builder.done(raw)
        self.messages.append(message)
        if is_made:
            self._tell("made-id", f"a message without a Message-ID got the id {shown(id)}", message)
        if any(len(value) > LONGEST for values in head.fields.values() for value in values):
            self._tell("too-long", f"a field is longer than {LONGEST:,} bytes: cut", message)
        for problem in body.problems:
            self.log.add(problem.kind, problem.message, (id,), place=place)
        if raw.in_mbox and body.text is not None and _has_head(body.text):
            message_ = "its text contains another message's header: a separator may be missing"
            self._tell("bad-section", message_, message)

    def _tell(self, kind: str, words_: str, message: _Message) -> None:
        self.log.add(kind, words_, (message.comment.id,), place=message.place)

    def _author(self, head: Head, charset: str | None) -> Author | None:
        """Return the author of a message; Google Groups puts its own address into ``From``."""
        name = "x-original-from" if "x-original-from" in head.fields else "from"
        value = head.value(name, charset)
        if value not in self._authors:
            self._authors[value] = author_of(value)
        return self._authors[value]

    def _time(
        self, head: Head, id: str, meta: dict[str, object], place: Place
    ) -> dt.datetime | None:
        """Return when a message was sent; an invalid or local time stays in *meta*."""
        value = head.value("date")
        if not value:
            return None
        try:
            time = time_of(value)
        except ValueError:
            message = f"Date {shown(value)} is not a time: stored as it is"
            self.log.add("bad-time", message, (id,), (value,), place=place)
            time = None
        time = self.builder.resolved(time, self._zone, id, meta)
        if time is None:
            meta["date"] = value
        return time

    def _meta(self, head: Head, charset: str | None) -> dict[str, object]:
        meta: dict[str, object] = {}
        for name, values in head.fields.items():
            if name in _KEPT or self._contacts:
                texts = [words(field_text(value, charset)) for value in values]
                meta[name] = texts[0] if len(texts) == 1 else texts
        return meta

    # -- threads -----------------------------------------------------------------------------------

    def reading(self, *, subjects: bool) -> Reading:
        """Return the threads."""
        here = {message.comment.id for message in self.messages}
        people = {author.id for author in self._authors.values() if author is not None}
        links = [self._checked(message, here, people) for message in self.messages]
        chains = Chains(links)
        for id, above in chains.loops:
            message = f"{shown(id)} answers itself through {shown(above)}: it starts a thread"
            self.log.add("cycle", message, (id, above))
        firsts: dict[str, _Message] = {}
        for each in self.messages:
            root = chains.root(each.comment.id)
            if root not in firsts or each.comment.id == root != firsts[root].comment.id:
                firsts[root] = each
        inferred = set(chains.inferred)
        leaders = _joined(firsts) if subjects else {}
        placed: set[str] = set()
        for each in self.messages:
            id = each.comment.id
            root = chains.root(id)
            key = leaders.get(root, root)
            if key not in self.builder.threads:
                self.builder.thread(key).article = _article(key, firsts[key])
            parent = chains.parent(id)
            if parent is None and key != root and _is_answer(firsts, root, key):
                parent = key
                inferred.add(id)
            if parent in chains.missing:
                self._place_missing(parent, chains, key, placed)
            self.builder.comment(each, _under(each.comment, parent), key)
        return attrs.evolve(self.builder.reading(), inferred=frozenset(inferred))

    def _place_missing(self, id: str | None, chains: Chains, thread: str, placed: set[str]) -> None:
        """Add placeholders for a missing message and those above it, once each."""
        pending = []
        while id is not None and id in chains.missing and id not in placed:
            placed.add(id)
            pending.append(id)
            id = chains.parent(id)
        for missing in reversed(pending):
            replies = chains.missing[missing]
            count = f"{len(replies)} repl{'y' if len(replies) == 1 else 'ies'}"
            message = f"message {shown(missing)} is missing and has {count}: a placeholder"
            self.log.add("orphan", message, (missing, *replies))
            stand_in = Comment(missing, chains.parent(missing), status=Status.MISSING)
            self.builder.comment(stand_in, stand_in, thread)

    def _checked(self, message: _Message, here: set[str], people: set[str | None]) -> Link:
        """Return a link without words that only look like ids.

        git send-email asks for the id, and people who answer "y" send ``In-Reply-To: <y>``. Old
        programs put a person's address there.
        """
        link = message.link
        if link.id in link.references[-1:] or link.in_reply_to == [link.id]:
            self._tell("self-parent", f"message {shown(link.id)} answers itself", message)
        references = [id for id in link.references if id in here or "@" in id]
        ids = [id for id in link.in_reply_to if id in here or ("@" in id and id not in people)]
        if link.in_reply_to and not ids and not references:
            text = f"In-Reply-To {shown(link.in_reply_to[0])} names no message"
            self.log.add(
                "no-parent", text, (link.id,), tuple(link.in_reply_to), place=message.place
            )
        return Link(link.id, references, ids)


def _is_message(head: Head) -> bool:
    names = head.fields.keys()
    return not _FIELDS.isdisjoint(names) or len(names & MAIL_FIELDS) >= LEAST_MAIL_FIELDS


def _charset(head: Head) -> str | None:
    """Return the declared charset, for bytes in the header that are not UTF-8."""
    match = re.search(r"charset\s*=\s*\"?([\w.:-]{1,40})", head.value("content-type")[:1000])
    return match[1].lower() if match else None


def _made_id(head: Head, text: str | None) -> str:
    """Return an id for a message without one: equal for equal messages."""
    known = "\0".join([*(head.value(name) for name in ("from", "date", "subject")), text or ""])
    return f"sha256:{hashlib.sha256(known.encode()).hexdigest()[:32]}"


def _has_head(text: str) -> bool:
    """Whether a text contains what looks like another header, unless it is forwarded."""
    match = _HEAD_IN_TEXT.search(text)
    if match is None:
        return False
    before = text[max(0, match.start() - 80 * _HEAD_LINES) : match.start()]
    above, blank, _ = before.rpartition("\n\n")
    return bool(blank or match.start() < len(before) + 1) and not _FORWARDED.search(above[-200:])


def _under(comment: Comment, parent: str | None) -> Comment:
    return comment if parent is None else attrs.evolve(comment, parent_id=parent)


def _article(root: str, first: _Message) -> Article:
    """Return the topic of a thread: the subject of the message that starts it."""
    title = first.comment.title
    if first.comment.id != root:
        prefix, subject = _split_subject(title)
        title = " ".join([*_LIST_TAG.findall(prefix), subject])
    url = f"mid:{quote(root, safe='@!$&*+-./:=~_')}"
    return Article(title or None, url=url, site=first.site, tags=first.groups)


def _split_subject(title: str | None) -> tuple[str, str]:
    """Split a subject into the prefixes that programs add, and the rest."""
    prefix = _PREFIX.match(title or "")
    end = prefix.end() if prefix else 0
    return (title or "")[:end], (title or "")[end:]


def _subject(message: _Message) -> str:
    """Return the part of the subject that a conversation shares."""
    return _split_subject(message.comment.title)[1].casefold()


def _is_reply(message: _Message) -> bool:
    """Whether the subject marks a reply."""
    return _LIST_TAG.sub("", _split_subject(message.comment.title)[0]).strip() != ""


def _joined(firsts: dict[str, _Message]) -> dict[str, str]:
    """Return, for each thread, the one with the same subject that it joins: the first non-reply."""
    groups: dict[str, list[str]] = {}
    for root, first in firsts.items():
        if (subject := _subject(first)) != "":
            groups.setdefault(subject, []).append(root)
    leaders: dict[str, str] = {}
    for roots in groups.values():
        leader = next((root for root in roots if not _is_reply(firsts[root])), roots[0])
        leaders.update((root, leader) for root in roots)
    return leaders


def _is_answer(firsts: dict[str, _Message], root: str, leader: str) -> bool:
    """Whether a thread's first message answers that of the thread it joins, by subject."""
    first = firsts[leader]
    return first.comment.id == leader and not _is_reply(first) and _is_reply(firsts[root])
