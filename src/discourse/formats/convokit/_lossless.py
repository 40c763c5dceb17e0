"""Store what an utterance has no field for as JSON in its meta, to restore it in reading.

The first utterance holds the thread without its comments. Any other holds the fields of the comment
in the wire form that its own keys lack or change; None marks a field without a value.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import cattrs

from ... import json
from ...errors import shown
from ...model import Author, Comment, Meta, Stub
from ...thread import Thread
from .._kit import Node

OWN = "discourse"
"""The key of ``meta`` that this library adds; an utterance with it is read without guessing."""

IS_COMMENT = "is_comment"
"""The key that marks a first utterance as a comment, not the article."""
_ADDED = "added"  # the keys that the writer copied into meta for users of ConvoKit
_FOR_CONVOKIT = ("score", "status")


@cache
def _converter() -> cattrs.Converter:
    return json.make_converter()


def head_of(thread: Thread) -> dict[str, object]:
    """Return everything of a thread except its comments."""
    document = json.to_dict(Thread(thread.article, source=thread.source, meta=thread.meta))
    del document["schema"]
    if thread.stubs:
        document["stubs"] = _converter().unstructure(thread.stubs, tuple[Stub, ...])
    return document


def meta_of_comment(comment: Comment, utterance: Mapping[str, object]) -> dict[str, object]:
    """Return the meta that restores the comment of an utterance."""
    more: dict[str, Any] = _converter().unstructure(comment)
    meta = more.pop("meta", {})
    plain = {"id": utterance["id"], "parent_id": utterance["reply-to"], "text": utterance["text"]}
    for key, value in plain.items():
        if more.get(key) == value:
            more.pop(key, None)
        else:
            more.setdefault(key, None)
    if comment.author == Author(str(utterance["speaker"])):
        del more["author"]
    else:
        more.setdefault("author", None)
    more.setdefault("created_at", None)
    if OWN in meta:
        return {OWN: more | {"meta": meta}}
    added = {key: more[key] for key in _FOR_CONVOKIT if key in more and key not in meta}
    if added:
        more[_ADDED] = list(added)
    return {**meta, **added, OWN: more}


def _own(node: Node) -> dict[str, Any] | None:
    meta = node.data.get("meta")
    own = meta.get(OWN) if isinstance(meta, dict) else None
    return own if isinstance(own, dict) else None


def is_own(node: Node) -> bool:
    """Whether this library wrote an utterance."""
    return _own(node) is not None


def is_comment(node: Node) -> bool:
    """Whether a first utterance from this library is a comment, not the article."""
    return bool((_own(node) or {}).get(IS_COMMENT))


def thread_of(node: Node) -> Thread | None:
    """Return the thread, without comments and stubs, that a first utterance holds."""
    own = _own(node)
    if own is None or not isinstance(own.get("thread"), dict):
        return None
    document = {key: value for key, value in own["thread"].items() if key != "stubs"}
    try:
        return json.from_dict({"schema": json.SCHEMA, **document})
    except ValueError as error:
        _refuse(node, own, error)
        return None


def stubs_of(node: Node) -> tuple[Stub, ...]:
    """Return the stubs that a first utterance holds."""
    own = _own(node) or {}
    try:
        stubs = own["thread"].get("stubs") or []
        return _converter().structure(stubs, tuple[Stub, ...])
    except Exception as error:  # noqa: BLE001 - somebody may have edited them
        _refuse(node, own, error)
        return ()


def comment_of(node: Node, id: str, parent: str | None) -> Comment | None:
    """Return the comment of an utterance that this library wrote, otherwise None."""
    own, data = _own(node), node.data
    if own is None:
        return None
    more = {key: value for key, value in own.items() if key not in ("thread", IS_COMMENT)}
    added = more.pop(_ADDED, ())
    dropped = {OWN, *(added if isinstance(added, list) else ())}
    fields: dict[str, Any] = {
        "id": id,
        "parent_id": parent,
        "text": data.get("text"),
        "author": {"name": data.get("speaker")},
        "meta": {key: value for key, value in data["meta"].items() if key not in dropped},
    }
    fields |= more
    try:
        known = {key: value for key, value in fields.items() if value is not None}
        return _converter().structure(known, Comment)
    except Exception as error:  # noqa: BLE001 - somebody may have edited it
        _refuse(node, own, error)
        return None


def _refuse(node: Node, own: Mapping[str, Any], error: Exception) -> None:
    message = f"meta.{OWN} is invalid ({shown(str(error), 100)}): ignored"
    node.log.add("bad-value", message, values=(Meta(own),), place=node.place("meta"))
