"""A thread comes back from every table as it was, and the tables tell what the thread tells."""

import datetime as dt
import io
import json
import math
import pickle
import sqlite3
import sys

import attrs
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyarrow import feather

from discourse import (
    Article,
    Author,
    Comment,
    DecodeError,
    FieldError,
    MissingExtraError,
    Source,
    Stub,
    Thread,
    ThreadError,
    tables,
)
from discourse.strategies import threads

talks = threads(complete=False, max_size=8)

#: Frames are slow to make, whatever is in them: fewer examples, in every profile.
fewer = settings(max_examples=max(settings().max_examples // 4, 5))
BIG = 2**63 - 1

AWKWARD = Thread(
    Article("=1+1", text="", tags=["b", "a"], meta={"x": {"y": [1, None, 2.5]}}),
    [
        Comment("a", None, Author(), ""),
        Comment(
            "a\x00b", "a", Author("", meta={"k": True}), "\x00\r\n\t\ud7ff\U0001f600", score=BIG
        ),
        Comment("nan", "a\x00b", Author(id="NA", is_bot=False), "NaN", score=-(2**53) - 1),
        Comment("None", None, None, None, score=-0.5, upvotes=BIG, downvotes=-BIG, reply_count=0),
        Comment("1.0", "None", score=1e300, meta={"n": 10**400, "f": 1.0}, tags=["", " "][1:]),
        Comment(
            "times",
            created_at=dt.datetime(1, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=14))),
            edited_at=dt.datetime(
                9999, 12, 30, 23, 59, 59, 999999, tzinfo=dt.timezone(dt.timedelta(hours=-12))
            ),
            is_edited=False,
        ),
        Comment("gone", status="missing"),
    ],
    stubs=[Stub("a", "more", ids=("z",), count=2), Stub(None, "cursor", cursor="x")],
    source=Source("thread-json", retrieved_at=dt.datetime(2024, 5, 1, tzinfo=dt.UTC)),
    meta={"n": 1},
)


def rows_back(thread):
    return tables.from_rows(tables.to_rows(thread), head=tables.thread_head(thread))


def pandas_back(thread):
    return tables.from_pandas(tables.to_pandas(thread))


def polars_back(thread):
    return tables.from_polars(tables.to_polars(thread), head=tables.thread_head(thread))


def arrow_back(thread):
    return tables.from_arrow(tables.to_arrow(thread))


def networkx_back(thread):
    return tables.from_networkx(tables.to_networkx(thread))


def networkx_with_article_back(thread):
    return tables.from_networkx(tables.to_networkx(thread, article=True))


def pandas_pickled_back(thread):
    return tables.from_pandas(pickle.loads(pickle.dumps(tables.to_pandas(thread))))


def pandas_records_back(thread):
    records = tables.to_pandas(thread).to_dict("records")
    return tables.from_rows(records, head=thread)


def pandas_parquet_back(thread):
    file = io.BytesIO()
    tables.to_pandas(thread).to_parquet(file)
    return tables.from_pandas(pd.read_parquet(file))


def arrow_parquet_back(thread):
    file = io.BytesIO()
    pq.write_table(tables.to_arrow(thread), file)
    return tables.from_arrow(pq.read_table(file))


def arrow_feather_back(thread):
    file = io.BytesIO()
    feather.write_feather(tables.to_arrow(thread), file)
    return tables.from_arrow(feather.read_table(io.BytesIO(file.getvalue())))


def polars_parquet_back(thread):
    file = io.BytesIO()
    tables.to_polars(thread).write_parquet(file)
    return tables.from_polars(pl.read_parquet(file.getvalue()), head=thread)


def polars_dicts_back(thread):
    return tables.from_rows(tables.to_polars(thread).to_dicts(), head=thread)


def arrow_to_pandas_back(thread):
    frame = tables.to_arrow(thread).to_pandas(types_mapper=_types.get)
    return tables.from_pandas(frame, head=thread)


def arrow_to_polars_back(thread):
    return tables.from_polars(pl.from_arrow(tables.to_arrow(thread)), head=thread)


def sqlite_back(thread):
    connection = database(thread)
    connection.row_factory = sqlite3.Row
    rows = connection.execute("SELECT * FROM comments ORDER BY position").fetchall()
    connection.close()
    return tables.from_rows(map(dict, rows), head=tables.thread_head(thread))


_types = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}

WAYS = [
    rows_back, pandas_back, polars_back, arrow_back, networkx_back, networkx_with_article_back,
    pandas_pickled_back, pandas_records_back, polars_dicts_back, arrow_to_pandas_back,
    arrow_to_polars_back, sqlite_back,
]  # fmt: skip
FILES = [pandas_parquet_back, arrow_parquet_back, arrow_feather_back, polars_parquet_back]


def database(thread):
    """The rows in SQLite: times as text, flags as numbers, since it has neither."""
    connection = sqlite3.connect(":memory:")
    names = [column.name for column in tables.COLUMNS]
    connection.execute(f"CREATE TABLE comments ({', '.join(names)})")
    rows = tables.to_rows(thread)
    for row in rows:
        for name in ("created_at", "edited_at"):
            row[name] = row[name] and row[name].isoformat()
    marks = ", ".join(f":{name}" for name in names)
    connection.executemany(f"INSERT INTO comments VALUES ({marks})", rows)
    return connection


def local(thread):
    """Times as their own clocks show them, which == does not see."""
    return [(str(c.created_at), str(c.edited_at)) for c in thread]


@pytest.mark.parametrize("way", WAYS)
@given(thread=talks)
@fewer
@example(thread=AWKWARD)
@example(thread=Thread())
@example(thread=Thread(None, [Comment("1")]))
def test_a_thread_comes_back_as_it_was(way, thread):
    back = way(thread)
    assert back == thread
    assert back.digest() == thread.digest()
    assert local(back) == local(thread)


@pytest.mark.parametrize("way", FILES)
@given(thread=talks)
@fewer
@example(thread=AWKWARD)
@example(thread=Thread())
def test_a_thread_comes_back_from_a_file_as_it_was(way, thread):
    back = way(thread)
    assert back == thread
    assert local(back) == local(thread)


@fewer
@given(talks)
@example(AWKWARD)
def test_all_tables_have_the_same_columns_and_the_same_cells(thread):
    names = [column.name for column in tables.COLUMNS]
    rows = tables.to_rows(thread)
    assert all(list(row) == names for row in rows)
    assert list(tables.to_pandas(thread).columns) == names
    assert tables.to_polars(thread).columns == names
    assert tables.to_arrow(thread).column_names == names
    assert tables.to_arrow(thread).to_pylist() == rows
    assert tables.to_polars(thread).to_dicts() == rows


@fewer
@given(talks)
def test_columns_have_the_kinds_that_the_schema_tells(thread):
    frame, table, lazy = (
        to(thread) for to in (tables.to_pandas, tables.to_arrow, tables.to_polars)
    )
    for column in tables.COLUMNS:
        assert (
            str(frame[column.name].dtype)
            in {
                "text": {"string", "str"},
                "integer": {"Int64"},
                "number": {"Float64"},
                "flag": {"boolean"},
                "time": {"datetime64[us, UTC]"},
            }[column.kind]
        )
        assert (
            table.schema.field(column.name).type
            == {
                "text": pa.string(),
                "integer": pa.int64(),
                "number": pa.float64(),
                "flag": pa.bool_(),
                "time": pa.timestamp("us", "UTC"),
            }[column.kind]
        )
        assert (
            lazy.schema[column.name]
            == {
                "text": pl.String(),
                "integer": pl.Int64(),
                "number": pl.Float64(),
                "flag": pl.Boolean(),
                "time": pl.Datetime("us", "UTC"),
            }[column.kind]
        )


@given(talks)
def test_rows_tell_where_each_comment_stands(thread):
    for n, (row, comment) in enumerate(zip(tables.to_rows(thread), thread, strict=True)):
        assert row["position"] == n
        assert row["depth"] == thread.depth(comment)
        assert row["size"] == thread.size(comment)
        assert row["root_id"] == (comment, *thread.ancestors(comment))[-1].id
        assert row["author_key"] == (comment.author.key if comment.author else None)


@given(talks.filter(len), st.data())
@fewer
def test_sql_answers_questions_about_the_tree(thread, data):
    comment = data.draw(st.sampled_from(thread.comments))
    connection = database(thread)

    def ask(where):
        query = f"""
            SELECT c.id FROM comments AS here, comments AS c
            WHERE here.id = ? AND {where} ORDER BY c.position"""
        return [id for (id,) in connection.execute(query, [comment.id])]

    def ids(comments):
        return [comment.id for comment in comments]

    below = "c.position > here.position AND c.position < here.position + here.size"
    above = "here.position > c.position AND here.position < c.position + c.size"
    assert ask(below) == ids(thread.descendants(comment))
    assert ask(above) == ids(thread.ancestors(comment))[::-1]
    assert ask("c.parent_id = here.id") == ids(thread.replies(comment))
    assert ask("c.size = 1") == ids(thread.leaves())
    assert len(ask("c.root_id = here.root_id")) == thread.size(
        (comment, *thread.ancestors(comment))[-1]
    )
    connection.close()


@given(talks)
@example(AWKWARD)
def test_the_head_is_the_wire_form_without_comments(thread):
    head = tables.thread_head(thread)
    plain = json.loads(head)
    assert "comments" not in plain and plain["schema"] == "discourse/thread/1"
    assert tables.thread_head(tables.from_rows(tables.to_rows(thread), head=head)) == head


@fewer
@given(talks)
def test_the_derived_columns_are_not_read(thread):
    derived = [column.name for column in tables.COLUMNS if column.derived]
    frame = tables.to_pandas(thread)
    for name in derived:
        frame[name] = None
    assert tables.from_pandas(frame) == thread
    assert tables.from_pandas(frame.drop(columns=derived)) == thread
    assert tables.from_pandas(frame.assign(mood="fine")) == thread


@fewer
@given(talks)
def test_a_table_that_was_shuffled_comes_back_by_its_positions(thread):
    frame = tables.to_pandas(thread)
    mixed = frame.sample(frac=1, random_state=7) if len(frame) else frame
    assert tables.from_pandas(mixed.sort_values("position")) == thread
    assert {c.id for c in tables.from_pandas(mixed)} == {c.id for c in thread}


# -- cases -----------------------------------------------------------------------------------------


def test_without_a_head_a_thread_has_its_comments_and_no_more():
    bare = attrs.evolve(AWKWARD, article=None, stubs=(), source=None, meta={})
    assert tables.from_rows(tables.to_rows(AWKWARD)) == bare
    assert tables.from_polars(tables.to_polars(AWKWARD)) == bare
    frame, table = tables.to_pandas(AWKWARD), tables.to_arrow(AWKWARD)
    frame.attrs.clear()
    assert tables.from_pandas(frame) == bare
    assert tables.from_arrow(table.replace_schema_metadata(None)) == bare


def test_a_head_that_is_given_goes_before_the_one_that_is_carried():
    other = Thread(Article("Another"))
    assert tables.from_pandas(tables.to_pandas(AWKWARD), head=other).article == other.article
    assert tables.from_arrow(tables.to_arrow(AWKWARD), head=other).article == other.article
    graph = tables.to_networkx(AWKWARD)
    assert tables.from_networkx(graph, head=tables.thread_head(other)).article == other.article


@pytest.mark.parametrize(
    "head", ["", "[]", "{", "{}", '{"schema": "discourse/thread/1", "comments": []}', "[" * 100_000,
             '{"schema": "discourse/thread/1", "stubs": [{"parent_id": ""}]}',
             '{"schema": "discourse/thread/1", "stubs": 3}',
             '{"schema": "discourse/thread/1", "stubs": [3], "nothing": 1}']
)  # fmt: skip
def test_a_text_that_is_no_head_is_refused(head):
    with pytest.raises(DecodeError):
        tables.from_rows([], head=head)


def test_a_head_is_text_or_a_thread():
    with pytest.raises(FieldError, match="must be a head, a Thread or None"):
        tables.from_rows([], head=b"{}")


def test_rows_that_were_left_out_can_be_repaired():
    frame = tables.to_polars(AWKWARD).filter(pl.col("id") != "a")
    with pytest.raises(ThreadError, match="is missing"):
        tables.from_polars(frame, head=Thread())
    repaired = Thread.repair(tables.comments_from_rows(frame.to_dicts()))
    assert [p.kind for p in repaired.problems] == ["orphan"]
    assert repaired.thread["a"].status == "missing"


def test_an_author_of_whom_nothing_is_told_is_not_the_lack_of_one():
    rows = tables.to_rows(Thread(None, [Comment("1", None, Author()), Comment("2")]))
    assert [row["author_meta"] for row in rows] == ["{}", None]
    assert [c.author for c in tables.comments_from_rows(rows)] == [Author(), None]


def test_equal_authors_come_back_as_one_object():
    rows = tables.to_rows(Thread(None, [Comment(str(n), None, Author("Ada")) for n in range(3)]))
    assert len({id(c.author) for c in tables.comments_from_rows(rows)}) == 1


def test_cells_may_be_what_other_libraries_make_of_them():
    row = {
        "id": np.str_("1"), "parent_id": math.nan, "upvotes": 3.0, "downvotes": np.int64(4),
        "score": np.float64(2.5), "is_edited": np.array([True])[0], "reply_count": pd.NA,
        "author_is_bot": 0, "edited_at": pd.NaT, "title": np.float64("nan"),
        "created_at": pd.Timestamp("2024-05-01 12:00", tz="Asia/Kolkata"), "mood": object(),
    }  # fmt: skip
    (comment,) = tables.comments_from_rows([row])
    zone = dt.timezone(dt.timedelta(hours=5, minutes=30))
    assert comment == Comment(
        "1", upvotes=3, downvotes=4, score=2.5, is_edited=True, author=Author(is_bot=False),
        created_at=dt.datetime(2024, 5, 1, 12, tzinfo=zone),
    )  # fmt: skip
    assert type(comment.id) is str and type(comment.created_at) is dt.datetime


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"id": None}, r"Comment.id"),
        ({"id": 12}, r"tables.id\[0\]: must be text"),
        ({"id": ""}, r"Comment.id: must not be empty"),
        ({"text": ["a"]}, r"tables.text\[0\]: must be text"),
        ({"tags": np.array(["a", "b"])}, r"tables.tags\[0\]: must be text"),
        ({"tags": np.array([], dtype=object)}, r"tables.tags\[0\]: must be text"),
        ({"upvotes": np.longdouble(3)}, r"tables.upvotes\[0\]: must be an integer"),
        ({"author_name": {"a": 1}}, r"tables.author_name\[0\]: must be text"),
        ({"text": "\ud800"}, r"Comment.text: .*surrogates"),
        ({"author_name": "\ud800"}, r"Author.name: .*surrogates"),
        ({"upvotes": 1.5}, r"tables.upvotes\[0\]: must be an integer"),
        ({"upvotes": True}, r"tables.upvotes\[0\]: must be an integer"),
        ({"upvotes": 2**63}, r"Comment.upvotes: must fit in 64 bits"),
        ({"reply_count": -1}, r"Comment.reply_count: must not be negative"),
        ({"score": "3"}, r"tables.score\[0\]: must be a number"),
        ({"score": math.inf}, r"Comment.score: must be finite"),
        ({"is_edited": 2}, r"tables.is_edited\[0\]: must be true or false"),
        ({"is_edited": "yes"}, r"tables.is_edited\[0\]: must be true or false"),
        ({"created_at": "yesterday"}, r"tables.created_at\[0\]: must be a time"),
        ({"created_at": "2024-05-01T12:00:00"}, r"must be a time with its zone"),
        ({"created_at": dt.datetime(2024, 5, 1)}, r"must be a time with its zone"),
        ({"created_at": 0}, r"must be a time with its zone"),
        ({"created_at": "2024-05-01T00Z", "created_at_offset": 1440}, r"created_at_offset\[0\]"),
        ({"created_at": "0001-01-01T00Z", "created_at_offset": -60}, r"created_at_offset\[0\]"),
        ({"status": "fine"}, r"Comment.status: must be one of visible"),
        ({"tags": "a, b"}, r"tables.tags\[0\]: must be a JSON array"),
        ({"tags": '[["a"]]'}, r"tables.tags\[0\]: must be a JSON array of strings"),
        ({"tags": '{"a": 1}'}, r"tables.tags\[0\]: must be a JSON array of strings"),
        ({"tags": '[""]'}, r"Comment.tags"),
        ({"meta": "{"}, r"tables.meta\[0\]: must be a JSON object"),
        ({"meta": "[1]"}, r"tables.meta\[0\]: must be a JSON object"),
        ({"meta": '{"a": NaN}'}, r"tables.meta\[0\]: must be a JSON object"),
        ({"meta": "[" * 100_000}, r"tables.meta\[0\]: must be a JSON object"),
        ({"author_meta": "3"}, r"tables.author_meta\[0\]: must be a JSON object"),
    ],
)  # fmt: skip
def test_a_cell_that_its_column_cannot_hold_is_refused_by_name(cells, message):
    with pytest.raises(FieldError, match=message):
        tables.from_rows([{"id": "1", "parent_id": None} | cells])


def test_the_error_for_numeric_ids_names_what_converts_them():
    thread = Thread(None, [Comment("1"), Comment("2", "1")])
    for column, name in (("id", "id_text"), ("parent_id", "parent_id")):
        frame = tables.to_pandas(thread)
        frame[column] = [1, 2]
        with pytest.raises(
            FieldError, match=rf"must be text \(.*discourse\.model\.{name}.*, not 1"
        ):
            tables.from_pandas(frame)


def test_an_error_of_the_model_names_the_row():
    rows = [{"id": "1", "parent_id": None}, {"id": "2", "parent_id": None, "status": "fine"}]
    with pytest.raises(FieldError) as caught:
        tables.from_rows(rows)
    assert caught.value.__notes__ == ["in row 1"]


@pytest.mark.parametrize(
    ("read", "table"),
    [
        (tables.from_rows, [{"id": "1"}]),
        (tables.from_pandas, pd.DataFrame({"id": ["1"]})),
        (tables.from_polars, pl.DataFrame({"id": ["1"]})),
        (tables.from_arrow, pa.table({"id": ["1"]})),
    ],
)
def test_a_table_without_parents_is_refused(read, table):
    with pytest.raises(
        FieldError, match=r"must have the columns id and parent_id \(.*\), not 'id'"
    ):
        read(table)


@pytest.mark.parametrize(
    "read", [tables.from_pandas, tables.from_polars, tables.from_arrow, tables.from_networkx]
)
def test_another_kind_of_table_is_refused(read):
    with pytest.raises(FieldError, match="must be a "):
        read({"id": ["1"]})


def test_rows_must_be_mappings():
    with pytest.raises(FieldError, match="must be mappings of columns to cells"):
        tables.from_rows(["id"])


def test_times_without_zone_are_refused_and_of_other_units_are_read():
    moment = dt.datetime(2024, 5, 1, 12, 0, 0, 123456, tzinfo=dt.UTC)
    thread = Thread(None, [Comment("1", created_at=moment), Comment("2")])
    frame, lazy, table = (
        to(thread) for to in (tables.to_pandas, tables.to_polars, tables.to_arrow)
    )
    at = table.column_names.index("created_at")
    for zone in ("UTC", "America/New_York"):
        other = frame.assign(created_at=frame.created_at.astype(f"datetime64[ns, {zone}]"))
        assert tables.from_pandas(other) == thread
        moved = lazy.with_columns(pl.col("created_at").cast(pl.Datetime("ns", zone)))
        assert tables.from_polars(moved, head=thread) == thread
        cast = table["created_at"].cast(pa.timestamp("ns", zone))
        assert tables.from_arrow(table.set_column(at, "created_at", cast)) == thread
    naive = frame.assign(created_at=frame.created_at.dt.tz_localize(None))
    with pytest.raises(FieldError, match="must be a column of times in a zone"):
        tables.from_pandas(naive)
    with pytest.raises(FieldError, match="must be a column of times in a zone"):
        tables.from_polars(lazy.with_columns(pl.col("created_at").dt.replace_time_zone(None)))
    with pytest.raises(FieldError, match="must be a column of times in a zone"):
        tables.from_arrow(
            table.set_column(at, "created_at", table["created_at"].cast(pa.timestamp("us")))
        )


@pytest.mark.parametrize(
    ("module", "extra", "use"),
    [
        ("pandas", "pandas", lambda: tables.to_pandas(AWKWARD)),
        ("pandas", "pandas", lambda: tables.from_pandas(None)),
        ("polars", "polars", lambda: tables.to_polars(AWKWARD)),
        ("polars", "polars", lambda: tables.from_polars(None)),
        ("pyarrow", "arrow", lambda: tables.to_arrow(AWKWARD)),
        ("pyarrow", "arrow", lambda: tables.from_arrow(None)),
        ("networkx", "networkx", lambda: tables.to_networkx(AWKWARD)),
        ("networkx", "networkx", lambda: tables.from_networkx(None)),
    ],
)
def test_a_library_that_is_not_there_is_told_in_one_sentence(monkeypatch, module, extra, use):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"'discourse-model\[{extra}\]'") as caught:
        use()
    assert caught.value.extra == extra
    assert "\n" not in str(caught.value)
    assert tables.to_rows(AWKWARD) and tables.to_graphml(AWKWARD)  # what needs none is there


@pytest.mark.parametrize("shape", ["chain", "fan"])
@pytest.mark.parametrize("way", [rows_back, pandas_back, polars_back, arrow_back, networkx_back])
def test_long_and_wide_threads_come_back(way, shape):
    parents = (str(n - 1) if shape == "chain" and n else None for n in range(10_000))
    thread = Thread(None, [Comment(str(n), parent) for n, parent in enumerate(parents)])
    assert way(thread) == thread
