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
`render` draws them, `json` and `formats` write them. This library has nothing to do with the
Discourse forum software.
"""

from importlib.metadata import PackageNotFoundError, version

from . import edit, errors, formats, json, model, render, thread
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
from .formats import Reading, Stream, parse, read, stream, write
from .json import dump, dumps, load, loads
from .model import Article, Author, Comment, Meta, Source, Status, Stub, StubKind, TextFormat
from .thread import Repaired, Thread

try:
    __version__ = version("discourse-model")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "0+unknown"

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


#: Modules that are there after ``import discourse``; not for ``import *``, which would hide `json`.
_MODULES = [
    module.__name__.rpartition(".")[2]
    for module in (edit, errors, formats, json, model, render, thread)
]


def __dir__() -> list[str]:
    return [*__all__, *_MODULES]
