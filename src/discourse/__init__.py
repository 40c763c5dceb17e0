"""An immutable, typed model of an online discussion: an article and the comments under it.

    >>> import discourse
    >>> thread = discourse.Thread(discourse.Article("Bridge to close"), [
    ...     discourse.Comment("1", text="At last."),
    ...     discourse.Comment("2", "1", text="Why?"),
    ... ])
    >>> thread.parent("2").text
    'At last.'
    >>> discourse.loads(discourse.dumps(thread)) == thread
    True

`read` and `parse` turn what you hold into such values; `edit` makes new threads of old ones,
`query`, `metrics` and `links` ask them, `render` draws them, `json` and `formats` write them. This
library has nothing to do with the Discourse forum software.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from . import errors, json, model, thread
from .errors import (
    CycleError,
    DecodeError,
    DiffError,
    DiscourseError,
    FieldError,
    FieldTypeError,
    LimitError,
    MissingExtraError,
    NotOneThreadError,
    ParseError,
    Place,
    Problem,
    ThreadError,
    UnknownCommentError,
    UnknownFormatError,
)
from .json import dump, dumps, load, loads
from .model import Article, Author, Comment, Meta, Source, Status, Stub, StubKind, TextFormat
from .thread import Repaired, Thread

if TYPE_CHECKING:
    from . import (
        corpus,
        edit,
        formats,
        links,
        metrics,
        plain,
        privacy,
        query,
        render,
        spark,
        tables,
    )
    from .formats import Reading, Stream, parse, read, stream, write

    __version__: str

__all__ = [
    "Article",
    "Author",
    "Comment",
    "CycleError",
    "DecodeError",
    "DiffError",
    "DiscourseError",
    "FieldError",
    "FieldTypeError",
    "LimitError",
    "Meta",
    "MissingExtraError",
    "NotOneThreadError",
    "ParseError",
    "Place",
    "Problem",
    "Reading",
    "Repaired",
    "Source",
    "Status",
    "Stream",
    "Stub",
    "StubKind",
    "TextFormat",
    "Thread",
    "ThreadError",
    "UnknownCommentError",
    "UnknownFormatError",
    "__version__",
    "dump",
    "dumps",
    "load",
    "loads",
    "parse",
    "read",
    "stream",
    "write",
]


#: Modules that are there after ``import discourse``, though not for ``import *``, which would hide
#: `json`. Those that reading and writing JSON does without are imported when they are asked for.
_MODULES = ["errors", "json", "model", "thread"]
_LATER = ["corpus", "edit", "formats", "links", "metrics", "plain", "privacy", "query", "render"]
_LATER += ["spark", "tables"]
_OF_FORMATS = ["Reading", "Stream", "parse", "read", "stream", "write"]
#: What somebody may look for here that is in a module.
_ELSEWHERE = {
    "from_dict": "json.from_dict makes a thread of dicts",
    "to_dict": "json.to_dict makes dicts of a thread",
    "iter_jsonl": "json.iter_jsonl reads a document a line",
    "write_jsonl": "json.write_jsonl writes a document a line",
    "to_pandas": "tables.to_pandas makes a frame of a thread",
    "from_pandas": "tables.from_pandas makes a thread of a frame",
    "to_rows": "tables.to_rows makes dicts of the comments",
    "from_rows": "tables.from_rows makes a thread of dicts",
    "to_networkx": "tables.to_networkx makes a graph of a thread",
    "html": "render.html draws a page",
    "markdown": "render.markdown writes Markdown",
    "svg": "render.svg draws a picture",
    "text": "render.text draws the tree in characters",
    "summary": "metrics.summary tells the figures of a thread",
    "select": "query.select gives the comments for which a predicate holds",
    "filter": "query.filter gives a thread of the comments for which a predicate holds",
    "add": "edit.add gives a thread with more comments",
    "merge": "edit.merge makes one thread of two",
    "id_text": "model.id_text makes an id of what a source has",
    "parent_id": "model.parent_id makes a parent's id of what a source has",
    "repair": "Thread.repair makes a thread of comments that are no tree",
}


def __dir__() -> list[str]:
    return [*__all__, *_MODULES, *_LATER]


if not TYPE_CHECKING:  # a type checker is to know what is not here

    def __getattr__(name: str) -> object:
        if name in _LATER:
            return import_module(f".{name}", __name__)
        if name in _OF_FORMATS:
            return getattr(import_module(".formats", __name__), name)
        if name == "__version__":
            return _version()
        hint = f": {__name__}.{_ELSEWHERE[name]}" if name in _ELSEWHERE else ""
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}", name=name)


def _version() -> str:
    from importlib import metadata  # noqa: PLC0415 - slow, and seldom asked for

    try:
        return metadata.version("discourse-model")
    except metadata.PackageNotFoundError:  # run from a source tree that is not installed
        return "0+unknown"
