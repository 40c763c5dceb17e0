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

`read` and `parse` turn an input into threads. `edit` returns changed copies; `query`, `metrics` and
`links` analyse threads; `render` draws them; `json` and `formats` write them. This library has
nothing to do with the Discourse forum software.
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


#: Modules available after ``import discourse``, but not by ``import *``, which would hide the
#: standard library's `json`. Those that JSON does not need are imported on first use.
_MODULES = ["errors", "json", "model", "thread"]
_LATER = ["corpus", "edit", "formats", "links", "metrics", "plain", "privacy", "query", "render"]
_LATER += ["spark", "tables"]
_OF_FORMATS = ["Reading", "Stream", "parse", "read", "stream", "write"]
#: Names that people may look for here but that are in a module.
_ELSEWHERE = {
    "from_dict": "json.from_dict converts dicts to a thread",
    "to_dict": "json.to_dict converts a thread to dicts",
    "iter_jsonl": "json.iter_jsonl reads one document per line",
    "write_jsonl": "json.write_jsonl writes one document per line",
    "to_pandas": "tables.to_pandas converts a thread to a data frame",
    "from_pandas": "tables.from_pandas converts a data frame to a thread",
    "to_rows": "tables.to_rows converts a thread to rows, as dicts",
    "from_rows": "tables.from_rows converts rows to a thread",
    "to_networkx": "tables.to_networkx converts a thread to a graph",
    "html": "render.html draws a page",
    "markdown": "render.markdown writes Markdown",
    "svg": "render.svg draws a picture",
    "text": "render.text draws the tree in characters",
    "summary": "metrics.summary returns the figures of a thread",
    "select": "query.select returns the comments that match a predicate",
    "filter": "query.filter returns a thread of the comments that match a predicate",
    "add": "edit.add returns a thread with more comments",
    "merge": "edit.merge combines two threads",
    "id_text": "model.id_text converts a source's value to an id",
    "parent_id": "model.parent_id converts a source's value to a parent id",
    "repair": "Thread.repair builds a thread from comments that are not a tree",
}


def __dir__() -> list[str]:
    return [*__all__, *_MODULES, *_LATER]


if not TYPE_CHECKING:  # a type checker should report unknown names

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
    from importlib import metadata  # noqa: PLC0415 - slow, and rarely needed

    try:
        return metadata.version("discourse-model")
    except metadata.PackageNotFoundError:  # running from a source tree
        return "0+unknown"
