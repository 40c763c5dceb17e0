"""The schema of a corpus: the columns of its tables, generated from the fields of the model."""

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, final

import attrs

from ..model import Article, Source
from ..tables._schema import COLUMNS as _COMMENT_COLUMNS
from ..tables._schema import SECOND, imported, kinds_of
from ..tables._schema import Kind as _Kind

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

VERSION = 1
"""The version of the schema; it changes when a column changes its name, type or meaning."""

Kind: TypeAlias = Literal["text", "position", "integer", "offset", "number", "flag", "time"]
"""What a column holds. In Arrow: ``string``, ``int32``, ``int64``, ``int16``, ``double``, ``bool``,
``timestamp[us, tz=UTC]``."""


@final
@attrs.frozen
class Column:
    """One column of a table of a corpus."""

    name: str
    """Its name."""
    kind: Kind
    """The kind of its values."""
    meaning: str
    """What it contains."""
    is_required: bool = attrs.field(default=False, kw_only=True)
    """Whether every row has a value there."""


_required = partial(Column, is_required=True)


def _narrow(name: str, kind: _Kind) -> Kind:
    return "offset" if name.endswith(f"_at{SECOND['time']}") else kind


_TREE = (
    _required("thread_id", "text", "the thread that the comment is in"),
    _required("position", "position", "its position in the thread, from 0, depth first"),
    Column("parent_position", "position", "the position of its parent; missing: the article"),
    _required("depth", "position", "how many ancestors it has: 0 at the top level"),
    _required("size", "position", "how many comments its subtree has, itself counted"),
    _required("thread_size", "position", "how many comments its thread has"),
)
_REQUIRED = {"id", "text_format", "status"}

COMMENTS: tuple[Column, ...] = (
    *_TREE,
    *(
        Column(
            each.name,
            _narrow(each.name, each.kind),
            each.meaning,
            is_required=each.name in _REQUIRED,
        )
        for each in _COMMENT_COLUMNS
        if not each.derived
    ),
)
"""The columns of the table of comments, one row a comment."""

#: Fields of the article whose name would be taken for something of the thread.
OF_ARTICLE = {"id": "article_id", "meta": "article_meta"}

_ARTICLE_MEANINGS = {
    "id": "the id of the article",
    "authors": "who wrote the article, as a JSON array of objects",
    "captions": "the captions of its pictures, as a JSON array of strings",
    "text_format": "what the text is written in, a word of TextFormat",
    "site": "the publisher, subreddit, list or section",
    "comment_count": "how many comments the source claims",
    "tags": "its tags, as a sorted JSON array of strings",
    "meta": "the article's meta, as a JSON object",
}

_THREAD = (
    _required("thread_id", "text", "the key of the thread, unique in the corpus"),
    _required("comments", "position", "how many comments it has, placeholders counted"),
    _required("placeholders", "position", "how many of them are placeholders"),
    Column("first_at", "time", "the earliest known time of a comment"),
    Column("last_at", "time", "the latest known time of a comment"),
    _required("has_article", "flag", "whether the article is known"),
)
_AFTER = (
    Column("stubs", "text", "where the source says there is more, as a JSON array"),
    Column("meta", "text", "the thread's meta, as a JSON object"),
    Column("digest", "text", "`Thread.digest`, if it was computed"),
)


def _of_article() -> list[Column]:
    columns = []
    for name, kind in kinds_of(Article).items():
        meaning = _ARTICLE_MEANINGS.get(name, f"the article's {name.replace('_', ' ')}")
        columns.append(Column(OF_ARTICLE.get(name, name), _narrow(name, kind), meaning))
    return columns


def _of_source() -> list[Column]:
    has = _required("has_source", "flag", "whether it is known where the thread came from")
    names = kinds_of(Source, "source_").items()
    return [
        has,
        *(
            Column(name, _narrow(name, kind), f"the {name.replace('_', ' ', 1)}")
            for name, kind in names
        ),
    ]


THREADS: tuple[Column, ...] = (*_THREAD, *_of_article(), *_of_source(), *_AFTER)
"""The columns of the table of threads, one row a thread."""

PROBLEMS: tuple[Column, ...] = (
    Column("thread_id", "text", "the thread, if it is known"),
    _required("kind", "text", "what sort of problem, a word of the reference of errors"),
    _required("message", "text", "one sentence for a person"),
    Column("ids", "text", "the ids of the comments concerned, as a JSON array"),
    _required("rows", "integer", "how many rows of the input became this problem alone"),
    Column("source", "text", "the file"),
    Column("line", "integer", "the line in the file, from 1"),
    Column("values", "text", "the values concerned, as a JSON array"),
)
"""The columns of the table of problems, one row a problem."""

TABLES: dict[str, tuple[Column, ...]] = {
    "comments": COMMENTS,
    "threads": THREADS,
    "problems": PROBLEMS,
}
"""The columns of each table of a corpus."""

KEY = "discourse.corpus"
"""The key of the metadata of each file under which the version of the schema stands."""


@cache
def arrow_schema(table: str) -> "pyarrow.Schema":
    """Return the Arrow schema of a table: ``comments``, ``threads`` or ``problems``."""
    pa = arrow()
    types = {
        "text": pa.string(),
        "position": pa.int32(),
        "integer": pa.int64(),
        "offset": pa.int16(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "time": pa.timestamp("us", "UTC"),
    }
    fields = [
        pa.field(each.name, types[each.kind], nullable=not each.is_required)
        for each in TABLES[table]
    ]
    schema: pyarrow.Schema = pa.schema(fields, metadata={KEY: str(VERSION)})
    return schema


def arrow() -> Any:  # noqa: ANN401 - a module without types
    """Return pyarrow with its compute functions and Parquet."""
    for name in ("pyarrow.parquet", "pyarrow.compute"):
        imported(name, "discourse.corpus", "corpus")
    return imported("pyarrow", "discourse.corpus", "corpus")
