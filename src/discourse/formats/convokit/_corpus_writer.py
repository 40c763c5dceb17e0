"""Write threads as a corpus that ConvoKit can load and traverse."""

import io
import json
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import attrs

from ...model import EMPTY, Article, Author, Comment, Meta, Status
from ...thread import Thread
from ._lossless import IS_COMMENT, OWN, head_of, meta_of_comment

_Utterance = dict[str, Any]
#: What Reddit, and the corpora made of it, have in place of a text that is gone.
_GONE = {Status.DELETED: "[deleted]", Status.REMOVED: "[removed]"}


@attrs.define
class _Corpus:
    """The parts of a corpus written so far."""

    utterances: list[_Utterance] = attrs.field(factory=list)
    speakers: dict[str, dict[str, object]] = attrs.field(factory=dict)
    conversations: dict[str, dict[str, object]] = attrs.field(factory=dict)
    ids: set[str] = attrs.field(factory=set)
    meta: Meta = EMPTY
    """The meta of the corpus, which all threads have under ``corpus``."""

    def add(self, thread: Thread, number: int) -> None:
        """Add a thread as a conversation."""
        article = thread.article or Article()
        times = _timestamps(thread)
        inside = {comment.id for comment in thread.comments}
        begins = article.id if _begins_with_a_comment(thread, article, self.ids) else None
        root = begins or self._id(article.id or article.url or f"thread-{number}", taken=inside)
        self.conversations[root] = _meta(article, thread, without=self.meta)
        id_of: dict[str | None, str | None] = {None: None if begins else root}
        if not begins:
            self._begin(thread, article, root, _first_time(article, times))
        for position, comment in enumerate(thread.comments):
            id_of[comment.id] = self._id(comment.id, root)
            self._utterance(
                comment, id_of, root, position + 1 if times is None else times[position]
            )
            if position == 0 and begins:
                self.utterances[-1]["meta"][OWN] |= {"thread": head_of(thread), IS_COMMENT: True}

    def _begin(self, thread: Thread, article: Article, root: str, time: int | float) -> None:
        """Write the article as the utterance that begins a conversation."""
        author = article.authors[0] if article.authors else None
        score = {} if article.score is None else {"score": article.score}
        utterance: _Utterance = {
            "id": root,
            "conversation_id": root,
            "text": article.title or "" if article.text is None else article.text,
            "speaker": self._speaker(author, root),
            "meta": {**article.meta.to_dict(), **score, OWN: {"thread": head_of(thread)}},
            "reply-to": None,
            "timestamp": time,
            "vectors": [],
        }
        self.utterances.append(utterance)

    def _utterance(
        self,
        comment: Comment,
        id_of: Mapping[str | None, str | None],
        root: str,
        time: int | float,
    ) -> None:
        id = id_of[comment.id] or root
        utterance: _Utterance = {
            "id": id,
            "conversation_id": root,
            "text": _GONE.get(comment.status, "") if comment.text is None else comment.text,
            "speaker": self._speaker(comment.author, id),
            "meta": {},
            "reply-to": id_of[comment.parent_id],
            "timestamp": time,
            "vectors": [],
        }
        top = None if comment.parent_id is None else utterance["reply-to"]
        utterance["meta"] = meta_of_comment(comment, utterance | {"reply-to": top})
        self.utterances.append(utterance)

    def _id(self, wanted: str, root: str | None = None, *, taken: Iterable[str] = ()) -> str:
        """Return an id that is unique in the corpus."""
        used = self.ids.union(taken) if taken else self.ids
        id = base = wanted if root is None or wanted not in used else f"{root}/{wanted}"
        number = 2
        while id in used:
            id, number = f"{base}~{number}", number + 1
        self.ids.add(id)
        return id

    def _speaker(self, author: Author | None, id: str) -> str:
        """Return the id of a speaker. A shared one for unknown authors would look prolific."""
        if author is None or author.key is None:
            key, meta = f"[unknown author of {id}]", {}
        else:
            key, meta = author.key, author.meta.to_dict()
            for name in ("name", "id", "display_name", "url", "is_bot"):
                if (value := getattr(author, name)) is not None:
                    meta.setdefault(name, value)
        self.speakers.setdefault(key, {"meta": meta, "vectors": []})
        return key


def _begins_with_a_comment(thread: Thread, article: Article, used: Collection[str]) -> bool:
    """Whether the first comment begins the conversation, as in a corpus read without articles."""
    return (
        article == Article(article.title, id=article.id)
        and len(thread) > 0
        and thread.comments[0].id == article.id not in used
        and thread.size(thread.comments[0]) == len(thread)
    )


def _meta(article: Article, thread: Thread, *, without: Meta) -> dict[str, object]:
    meta: dict[str, object] = thread.meta.to_dict()
    if without:
        del meta["corpus"]
    for name in ("title", "url", "site"):
        if (value := getattr(article, name)) is not None:
            meta[name] = value
    return {"meta": meta, "vectors": []}


def _timestamps(thread: Thread) -> list[int | float] | None:
    """Return the times of the comments in seconds since 1970; None if any is unknown."""
    times: list[int | float] = []
    for comment in thread.comments:
        if comment.created_at is None:
            return None
        seconds = comment.created_at.timestamp()
        times.append(int(seconds) if seconds.is_integer() else seconds)
    return times


def _first_time(article: Article, times: list[int | float] | None) -> int | float:
    """Return the time of the article, but no later than its first comment."""
    if times is None or (article.created_at is None and not times):
        return 0
    article_times = [article.created_at.timestamp()] if article.created_at is not None else []
    first = min(article_times + times)
    return int(first) if float(first).is_integer() else first


def _corpus(threads: Sequence[Thread]) -> _Corpus:
    of_corpora = {thread.meta.get("corpus") for thread in threads}
    shared = of_corpora.pop() if len(of_corpora) == 1 else None
    corpus = _Corpus(meta=shared if isinstance(shared, Meta) else EMPTY)
    for number, thread in enumerate(threads, 1):
        corpus.add(thread, number)
    return corpus


def _lines(corpus: _Corpus) -> str:
    return "".join(json.dumps(utterance) + "\n" for utterance in corpus.utterances)


def serialize_all(threads: Sequence[Thread]) -> str:
    """Write the utterances, one per line; ConvoKit loads them without the other files."""
    return _lines(_corpus(threads))


def serialize(thread: Thread) -> str:
    """Write the utterances of one thread."""
    return serialize_all([thread])


def to_files(threads: Sequence[Thread]) -> dict[str, str]:
    """Return the files of a corpus by name."""
    corpus = _corpus(threads)
    index = {
        "utterances-index": _kinds(utterance["meta"] for utterance in corpus.utterances),
        "speakers-index": _kinds(speaker["meta"] for speaker in corpus.speakers.values()),
        "conversations-index": _kinds(each["meta"] for each in corpus.conversations.values()),
        "overall-index": _kinds([corpus.meta.to_dict()]),
        "version": 1,
        "vectors": [],
    }
    return {
        "utterances.jsonl": _lines(corpus),
        "speakers.json": json.dumps(corpus.speakers),
        "conversations.json": json.dumps(corpus.conversations),
        "corpus.json": json.dumps(corpus.meta.to_dict()),
        "index.json": json.dumps(index),
    }


def to_bytes(threads: Sequence[Thread], suffix: str) -> bytes:
    """Return a zip archive of the corpus for ``.zip``, otherwise the utterances."""
    if suffix != ".zip":
        return serialize_all(threads).encode()
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in to_files(threads).items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return sink.getvalue()


def _kinds(metas: Iterable[Any]) -> dict[str, list[str]]:
    """Return the types of values by key, as in ConvoKit's index."""
    kinds: dict[str, set[str]] = {}
    for meta in metas:
        for key, value in meta.items():
            known = kinds.setdefault(key, set())
            if value is not None:
                known.add(str(type(value)))
    return {key: sorted(kinds[key]) for key in sorted(kinds)}
