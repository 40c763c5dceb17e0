"""Read the files of a corpus: utterances, speakers, conversations and the rest."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import attrs

from ..._markup.times import either
from ..._zones import Zone, zone_of
from ...errors import LimitError, ParseError, Place
from ...model import Article, Author, Comment, Meta, Status
from ...thread import Thread
from .._base import Reading
from .._kit import Builder, Node, documents
from ._lossless import comment_of, is_comment, is_own, stubs_of, thread_of

_UTTERANCES = {"utterances.jsonl", "utterances.json"}
#: The other files of a corpus. ``users.json`` is the name in the first versions of ConvoKit.
_OTHERS = {
    "speakers.json": "speakers",
    "users.json": "speakers",
    "conversations.json": "conversations",
    "corpus.json": "corpus",
    "index.json": "index",
}
_GONE = {"[deleted]": Status.DELETED, "[removed]": Status.REMOVED}
_NOBODY = {"[deleted]", "[removed]", "[unknown]"}
#: 1973. Smaller numbers are positions in a conversation, or seconds since its start.
_FIRST_EPOCH = 10**8
_FIRST_MILLISECOND = 10**11


def parse(text: str, *, article: bool = True, zone: Zone = None) -> Reading:
    """Read utterances.

    Args:
        text: The utterances as JSON, or one per line.
        article: Read the first utterance of a conversation as its article.
        zone: The zone of times without one: a name, an offset or a `tzinfo`.
    """
    return parse_parts([("utterances.jsonl", text)], article=article, zone=zone)


def parse_parts(
    parts: Iterable[tuple[str | None, str]], *, article: bool = True, zone: Zone = None
) -> Reading:
    """Read the files of a corpus, each with its name."""
    corpus = _Corpus(has_articles=article, zone=zone_of(zone))
    for name, text in parts:
        try:
            corpus.take(name, text)
        except (LimitError, ParseError) as error:
            place = attrs.evolve(error.place or Place(offset=0), source=name)
            raise type(error)(error.message, place) from None
    return corpus.reading()


@attrs.define
class _Utterance:
    """An utterance with the ids that place it in a thread."""

    node: Node
    id: str
    conversation: str | None
    parent: str | None


class _Corpus:
    """The files read so far."""

    def __init__(self, *, has_articles: bool, zone: dt.tzinfo | None) -> None:
        self.builder = Builder("convokit")
        self.has_articles = has_articles
        self.zone = zone
        self.utterances: list[_Utterance] = []
        self.files: dict[str, Mapping[str, object]] = {}
        self.people: dict[str, Author] = {}
        self.has_epochs = True
        self.written: dict[str | None, Thread] = {}
        """The threads that this library's writer stored, without comments."""

    def take(self, name: str | None, text: str) -> None:
        """Read a file of the corpus; one with any other name holds utterances."""
        file_name = PurePosixPath((name or "").replace("\\", "/")).name
        problems = self.builder.log.problems
        first = len(problems)
        values = documents(text, self.builder.log)
        if (kind := _OTHERS.get(file_name)) is not None:
            value = values[0][1]
            if not isinstance(value, dict):
                raise ParseError(f"{file_name} must hold one object", Place(path="$"))
            self.files.setdefault(kind, value)
        else:
            nodes = [node for path, value in values for node in self.builder.roots(value, path)]
            if not any(map(_is_utterance, nodes)):
                raise ParseError("no ConvoKit utterances", Place(path="$"))
            for node in self.builder.items(nodes):
                self._take_utterance(node)
        for at in range(first, len(problems)):
            place = problems[at].place or Place()
            problems[at] = attrs.evolve(problems[at], place=attrs.evolve(place, source=name))

    def _take_utterance(self, node: Node) -> None:
        id = node.id("id")
        if id is None:
            self.builder.skip(node, "no-id", "an utterance without an id")
            return
        parent = node.id("reply-to") if "reply-to" in node else node.id("reply_to")
        is_old = "conversation_id" not in node and "root" in node
        conversation = node.id("root" if is_old else "conversation_id")
        self.utterances.append(_Utterance(node, id, conversation, None if parent == id else parent))

    # -- the whole -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        """Return a thread for each conversation."""
        self._check_index()
        times = [u.node.data.get("timestamp") for u in self.utterances if not is_own(u.node)]
        numbers = [n for time in times if (n := _number(time)) is not None]
        self.has_epochs = not numbers or max(numbers) >= _FIRST_EPOCH
        if not self.has_epochs:
            message = "the timestamps are not seconds since 1970: kept in meta"
            self.builder.log.add("not-epochs", message)
        conversations: dict[str, list[_Utterance]] = {}
        for utterance, conversation in zip(self.utterances, self._conversations(), strict=True):
            conversations.setdefault(conversation, []).append(utterance)
        for conversation, utterances in conversations.items():
            self._conversation(conversation, utterances)
        keys = list(self.builder.threads)
        reading = self.builder.reading()
        if not self.written:
            return reading
        threads = [
            thread if (head := self.written.get(key)) is None else _with_head(thread, head)
            for key, thread in zip(keys, reading.threads, strict=True)
        ]
        return attrs.evolve(reading, threads=threads)

    def _conversations(self) -> list[str]:
        """Return the conversation of each utterance; by default, the root of its replies."""
        known = {u.id: u for u in self.utterances}
        conversations: dict[str, str] = {}
        for utterance in self.utterances:
            chain: dict[str, None] = {}
            at: _Utterance | None = utterance
            root_id = utterance.id
            while at is not None:
                if at.conversation is not None or at.id in conversations or at.id in chain:
                    root_id = at.conversation or conversations.get(at.id, at.id)
                    break
                chain[at.id] = None
                root_id = at.parent or at.id
                at = known.get(root_id) if at.parent is not None else None
            conversations.update(dict.fromkeys(chain, root_id))
            conversations.setdefault(utterance.id, root_id)
        return [u.conversation or conversations[u.id] for u in self.utterances]

    def _conversation(self, key: str, utterances: list[_Utterance]) -> None:
        draft = self.builder.thread(key)
        root = self._root(key, utterances)
        data = _meta_of(self.files.get("conversations", {}).get(key))
        title = str(data.pop("title")) if isinstance(data.get("title"), str) else None
        if corpus := self.files.get("corpus"):
            data["corpus"] = dict(corpus)
        draft.meta = self._meta(data)
        has_article = root is not None and not is_comment(root.node)
        for utterance in utterances:
            if utterance is root:
                self._begin(utterance, key, title)
                if has_article:
                    continue
            node = utterance.node
            parent = utterance.parent
            if root is not None and has_article and parent == root.id:
                parent = None
            comment = comment_of(node, utterance.id, parent) or self._comment(utterance, parent)
            self.builder.comment(node, comment, key)
        if root is None:
            draft.article = Article(title, id=key)
        roots = tuple(u.id for u in utterances if u.parent is None and u is not root)
        if roots and root is not None:
            message = f"{len(roots)} more utterances reply to nothing: read as top-level"
            self.builder.log.add("no-parent", message, ids=roots)

    def _begin(self, utterance: _Utterance, key: str, title: str | None) -> None:
        """Read the first utterance of a conversation as its article."""
        node = utterance.node
        if (head := thread_of(node)) is not None:
            self.written[key] = head
            self.builder.thread(key).stubs = list(stubs_of(node))
            if not is_comment(node):
                self.builder.done(node)
            return
        comment = self._comment(utterance, None)
        article = Article(
            title,
            id=comment.id,
            authors=[comment.author] if comment.author is not None else [],
            text=comment.text,
            created_at=comment.created_at,
            score=comment.score,
            meta=comment.meta,
        )
        self.builder.article(node, article, key)

    def _root(self, key: str, utterances: list[_Utterance]) -> _Utterance | None:
        """Return the utterance with the id of the conversation, or else the only root."""
        roots = [u for u in utterances if u.parent is None]
        named = [u for u in roots if u.id == key]
        if not self.has_articles and not (named and is_own(named[0].node)):
            return None
        return named[0] if named else roots[0] if len(roots) == 1 else None

    # -- values ----------------------------------------------------------------------------------

    def _author(self, node: Node) -> Author | None:
        key = "speaker" if "speaker" in node else "user"
        name = node.id(key)
        if name is None or name in _NOBODY:
            return None
        if name not in self.people:
            data = _meta_of(self.files.get("speakers", {}).get(name))
            self.people[name] = Author(name, meta=self._meta(data))
        return self.people[name]

    def _meta(self, data: Mapping[str, object]) -> Meta:
        try:
            return Meta(data)
        except (TypeError, ValueError) as error:
            message = f"cannot be kept: {error}"
            self.builder.log.add("bad-value", message, values=(str(data),))
            return Meta()

    def _rest(self, node: Node, local: dict[str, str]) -> Meta:
        """Return the meta of the utterance, its local time and its unread keys."""
        vectors = node.data.get("vectors")
        node.drop("meta", "vectors")
        inner = _meta_of({"meta": node.data.get("meta")})
        if type(inner.get("score")) in (int, float):
            del inner["score"]
        more = node.unread(empty=False) | ({"vectors": vectors} if vectors else {})
        return self._meta({**more, **inner, **local})

    def _time(self, utterance: _Utterance, local: dict[str, str]) -> dt.datetime | None:
        node = utterance.node
        value = node.raw("timestamp")
        number = _number(value)
        time: dt.datetime | None = None
        try:
            if number is not None and self.has_epochs:
                seconds = number / 1000 if number >= _FIRST_MILLISECOND else number
                time = dt.datetime.fromtimestamp(seconds, dt.UTC)
            elif number is None and isinstance(value, str) and value.strip():
                time = either(value)
        except (OverflowError, OSError, ValueError):
            node.refuse("timestamp", value, "a time")
        if time is None and value is not None:
            node.keep("timestamp")
        return self.builder.resolved(time, self.zone, utterance.id, local)

    def _comment(self, utterance: _Utterance, parent: str | None) -> Comment:
        node = utterance.node
        text, score = node.text("text"), node.inner("meta", rest=False).data.get("score")
        local: dict[str, str] = {}
        return Comment(
            utterance.id,
            parent,
            self._author(node),
            None if text in _GONE else text,
            created_at=self._time(utterance, local),
            status=_GONE.get(text or "", Status.VISIBLE),
            score=score if type(score) in (int, float) else None,
            meta=self._rest(node, local),
        )

    def _check_index(self) -> None:
        """Report pickled metadata, which this reader does not open."""
        names = [
            f"{name} of {of.partition('-')[0]}"
            for of, fields in self.files.get("index", {}).items()
            if isinstance(fields, dict)
            for name, kinds in fields.items()
            if kinds == "bin" or (isinstance(kinds, list) and "bin" in kinds)
        ]
        if names:
            message = f"pickled metadata: not read ({', '.join(names[:20])})"
            self.builder.log.add("pickled", message, values=tuple(names))


def _with_head(thread: Thread, head: Thread) -> Thread:
    return attrs.evolve(thread, article=head.article, source=head.source, meta=head.meta)


def _is_utterance(node: Node) -> bool:
    """Whether an object has the keys that every version of ConvoKit writes."""
    has_speaker = "speaker" in node or "user" in node
    places = ("conversation_id", "root", "reply-to", "reply_to")
    return has_speaker and "id" in node and any(key in node for key in places)


def _meta_of(value: object) -> dict[str, object]:
    """Return the meta of a speaker or a conversation; old versions do not wrap it in an object."""
    if not isinstance(value, dict):
        return {}
    if "meta" in value and value.keys() <= {"meta", "vectors"}:
        meta = dict(value["meta"]) if isinstance(value["meta"], dict) else {}
        return meta | ({"vectors": value["vectors"]} if value.get("vectors") else {})
    return dict(value)


def _number(value: object) -> float | None:
    """Return a timestamp that is a number or a string of digits."""
    if isinstance(value, bool):
        return None
    try:
        return float(value) if isinstance(value, int | float | str) else None
    except (OverflowError, ValueError):
        return None
