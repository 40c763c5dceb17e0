"""Run a function over the threads of a Spark frame of comments."""

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..corpus._groups import ALWAYS
from ..corpus._processes import OnError, applied, expect_on_error
from ..corpus._rows import Pair, table_of, to_pairs
from ..corpus._schema import COMMENTS, THREADS, arrow, arrow_schema
from ..errors import CorpusError, FieldError, FieldTypeError, Problem, shown
from ..tables._schema import imported
from ..thread import Thread
from ._thread_rows import cut, expect_whole_threads

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001
    import pyspark.sql.types  # type: ignore[import-not-found, unused-ignore]

_HEAD = "thread_head"
_HEAD_POSITION = -1


def map_threads(
    frame: "pyspark.sql.DataFrame",
    function: Callable[[Thread], Any],
    schema: "str | pyspark.sql.types.StructType",
    *,
    threads: "pyspark.sql.DataFrame | None" = None,
    shuffle: bool = False,
    on_error: OnError = "raise",
) -> "pyspark.sql.DataFrame":
    """Return a frame with the key of each thread and what *function* returns for the thread.

    Args:
        frame: The comments of a corpus. Columns that are not there are unknown in the thread, and
            fewer columns take less time. ``thread_id``, ``position``, ``thread_size``, ``id`` and
            ``parent_id`` must be there.
        function: A function of a thread. If the schema has one column, it returns the value;
            otherwise it returns a mapping, a tuple or an object with attributes of these names.
        schema: The columns, such as ``"levels int, authors int"``. ``thread_id`` comes before them.
        threads: The threads of the corpus. Then the function gets the article, the stubs, the
            source and the meta as well, and threads without comments. This shuffles.
        shuffle: Whether to bring the rows of each thread together first. The rows of a corpus need
            no shuffle, because each thread is in one row group; rows that Spark joined, sorted or
            wrote do.
        on_error: What becomes of an exception of the function: ``"raise"`` fails the job with
            `CorpusError`, which names the thread; ``"keep"`` adds a column ``error``, which has the
            exception for that thread. The columns of the function are null there.

    If a thread is incomplete or its rows are out of order, the job fails with `CorpusError`. Spark
    raises its own ``PythonException``, which contains the text of ours.
    """
    types = imported("pyspark.sql.types", "discourse.spark", "spark")
    errors = imported("pyspark.errors", "discourse.spark", "spark")
    _expect_columns(frame, ALWAYS)
    expect_on_error("spark", "map_threads", on_error)
    try:
        result = types.StructType.fromDDL(schema) if isinstance(schema, str) else schema
    except errors.PySparkException as error:
        raise FieldError("spark", "schema", schema, f"is refused by Spark: {error}") from None
    if not isinstance(result, types.StructType) or not result.names:
        raise FieldTypeError("spark", "schema", schema, "must be columns, such as 'levels int'")
    added = ["thread_id", *(["error"] if on_error == "keep" else [])]
    for name in added:
        if name in result.names:
            raise FieldError("spark", "schema", schema, f"must not have {name}, which is added")
    text = types.StringType()
    fields = result.fields
    if on_error == "keep":
        fields = [types.StructField(each.name, each.dataType) for each in fields]
        fields.append(types.StructField("error", text))
    result = types.StructType([types.StructField("thread_id", text), *fields])
    comments = frame.select(*(each.name for each in COMMENTS if each.name in frame.columns))
    if threads is not None:
        comments = _with_heads(comments, threads)
    if shuffle or threads is not None:
        comments = comments.repartition("thread_id").sortWithinPartitions("thread_id", "position")
    run = partial(
        _mapped,
        function=function,
        schema=frame.sparkSession.createDataFrame([], result).toArrow().schema,
        has_heads=threads is not None,
        on_error=on_error,
    )
    with warnings.catch_warnings():
        # PySpark requires pandas here without using it, and warns of pandas 3.
        warnings.filterwarnings("ignore", ".*pandas >= 3", FutureWarning)
        return comments.mapInArrow(run, result)


def _expect_columns(frame: "pyspark.sql.DataFrame", names: Iterable[str]) -> None:
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise FieldError("spark", "frame", frame.columns, f"must have {', '.join(missing)}")


def _with_heads(
    comments: "pyspark.sql.DataFrame", threads: "pyspark.sql.DataFrame"
) -> "pyspark.sql.DataFrame":
    """Return rows of comments and, before those of each thread, one row with its head."""
    functions = imported("pyspark.sql.functions", "discourse.spark", "spark")
    _expect_columns(threads, [each.name for each in THREADS if each.is_required])
    head = functions.struct(*(each.name for each in THREADS if each.name in threads.columns))
    heads = threads.select(
        "thread_id",
        functions.lit(_HEAD_POSITION).alias("position"),
        threads["comments"].alias("thread_size"),
        head.alias(_HEAD),
    )
    return comments.unionByName(heads, allowMissingColumns=True)


# -- in the processes of Spark ---------------------------------------------------------------------


def _mapped(
    batches: "Iterable[pyarrow.RecordBatch]",
    *,
    function: Callable[[Thread], Any],
    schema: "pyarrow.Schema",
    has_heads: bool,
    on_error: OnError,
) -> "Iterator[pyarrow.RecordBatch]":
    keeps = on_error == "keep"
    names = schema.names[1:-1] if keeps else schema.names[1:]
    for rows in cut(batches, _HEAD_POSITION if has_heads else 0):
        keys: list[str] = []
        results: list[Sequence[Any]] = []
        for key, value in applied(_threads(rows, has_heads=has_heads), function, on_error):
            keys.append(key)
            if keeps and isinstance(value, Problem):
                results.append([*[None] * len(names), value.message])
            else:
                cells = _cells(value, names, key)
                results.append([*cells, None] if keeps else cells)
        yield _batch([keys, *zip(*results, strict=True)], schema)


def _threads(rows: "pyarrow.Table", *, has_heads: bool) -> Iterator[Pair]:
    """Yield the threads of rows that end where a thread ends."""
    pa = arrow()
    if has_heads:
        is_head = pa.compute.equal(rows["position"], _HEAD_POSITION)
        comments, starts = rows.filter(pa.compute.invert(is_head)), rows.filter(is_head)
        heads = _conformed(pa.Table.from_struct_array(starts[_HEAD]), "threads")
    else:
        comments, starts = rows, rows.filter(pa.compute.equal(rows["position"], 0))
        keys, counts = starts["thread_id"].to_pylist(), starts["thread_size"].to_pylist()
        unknown = [False] * len(keys)
        heads = table_of(
            "threads",
            {"thread_id": keys, "comments": counts, "has_article": unknown, "has_source": unknown},
        )
    expect_whole_threads(comments, starts)
    return to_pairs(_conformed(comments, "comments"), heads)


def _conformed(table: "pyarrow.Table", name: str) -> "pyarrow.Table":
    """Return the columns of a table of a corpus in their own types, without any others."""
    fields = [field for field in arrow_schema(name) if field.name in table.column_names]
    return table.select([field.name for field in fields]).cast(arrow().schema(fields))


def _cells(value: object, names: Sequence[str], key: str) -> Sequence[Any]:
    """Return the cells of a row, from what the function returned for a thread."""
    if len(names) == 1:
        return (value,)
    if isinstance(value, Mapping):
        if value.keys() >= {*names}:
            return [value[name] for name in names]
    elif isinstance(value, tuple | list):
        if len(value) == len(names):
            return value
    elif all(hasattr(value, name) for name in names):
        return [getattr(value, name) for name in names]
    raise CorpusError(f"thread {shown(key)}: {shown(value)} has not the columns {', '.join(names)}")


def _batch(columns: Sequence[Sequence[Any]], schema: "pyarrow.Schema") -> "pyarrow.RecordBatch":
    pa = arrow()
    arrays = []
    for field, cells in zip(schema, columns, strict=True):
        try:
            arrays.append(pa.array(cells, field.type))
        except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
            what = f"a value of the function is no {field.type}, as {field.name} is"
            raise CorpusError(f"{what}: {shown(str(error))}") from None
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
