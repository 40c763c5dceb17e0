"""Store many threads as Parquet files with one published schema, and query them with DuckDB.

A corpus is a folder with the rows of comments, threads and problems, and a manifest that names the
files. Any program that reads Parquet can read it.

    corpus = discourse.corpus.write(threads, "news.corpus")
    corpus.sql("select author_key, count(*) from comments group by 1").df()

Reading order: `_schema`, `_rows` (threads to rows and back), `_manifest`, `_writer`, `_merging`,
`_write`, `_groups`, `_processes`, `_macros`, `_engine`, `_check`, `_corpus`; and for dumps
`_dump_rows`, `_dump_spill`, `_preorder`, `_dump_threads`, `_build`.
"""

from ._build import Progress, build
from ._corpus import Corpus, open  # noqa: A004 - seen with its module before it
from ._keys import thread_key
from ._processes import OnError
from ._schema import COMMENTS, PROBLEMS, THREADS, VERSION, Column, Kind, arrow_schema
from ._write import Mode, rewrite, write

__all__ = [
    "COMMENTS",
    "PROBLEMS",
    "THREADS",
    "VERSION",
    "Column",
    "Corpus",
    "Kind",
    "Mode",
    "OnError",
    "Progress",
    "arrow_schema",
    "build",
    "open",
    "rewrite",
    "thread_key",
    "write",
]
