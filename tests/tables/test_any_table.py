"""Tables that others made: which column is what, and what their cells become."""

import datetime as dt
import io
import uuid
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Article, Author, Comment, FieldError, Status, Thread, ThreadError, tables

ROWS = [
    {"comment_id": 17, "parent_id": None, "user": "Ada", "body": "At last.", "story_id": 5},
    {"comment_id": 18, "parent_id": 17, "user": "Ben", "body": "Why?", "story_id": 5},
    {"comment_id": 19, "parent_id": 17, "user": None, "body": None, "story_id": 6},
]
MAKERS = {
    "rows": lambda rows: rows,
    "pandas": pd.DataFrame,
    "pandas with an index": lambda rows: pd.DataFrame(rows).set_index("comment_id"),
    "polars": pl.DataFrame,
    "polars, lazy": lambda rows: pl.DataFrame(rows).lazy(),
    "arrow": pa.Table.from_pylist,
}


def kinds(reading):
    return [problem.kind for problem in reading.problems]


def one(row, **options):
    """The comment of a row."""
    return tables.read([{"id": "1", **row}], **options).thread["1"]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_table_with_missing_parents_and_integer_ids_takes_one_call(make):
    reading = tables.read(make(ROWS))
    first, second = reading.threads
    assert first.article == Article(id="5") and second.article == Article(id="6")
    assert [(c.id, c.parent_id, c.author, c.text) for c in first] == [
        ("17", None, Author("Ada"), "At last."),
        ("18", "17", Author("Ben"), "Why?"),
    ]
    assert [(c.id, c.status, c.text) for c in second] == [
        ("17", Status.MISSING, None),
        ("19", Status.VISIBLE, None),
    ]
    assert kinds(reading) == ["guessed-columns", "orphan"]
    guesses = reading.problems[0].values[0]  # noqa: PD011 - no frame
    assert guesses["id"] == "comment_id" and guesses["thread"] == "story_id"
    assert "author_name is 'user'" in reading.problems[0].message


FROM = {
    tables.from_rows: lambda rows: rows,
    tables.from_pandas: pd.DataFrame,
    tables.from_polars: pl.DataFrame,
    tables.from_arrow: pa.Table.from_pylist,
}


@pytest.mark.parametrize("read", FROM, ids=lambda read: read.__name__)
def test_from_functions_have_the_options_of_read(read):
    table = FROM[read](ROWS)
    columns = {"id": "comment_id", "text": "body"}
    assert read(table, columns=columns, thread="story_id") == tables.read(
        table, columns=columns, thread="story_id"
    )
    assert read(table, columns={}) == tables.read(table, columns={})
    with pytest.raises(ThreadError):
        read(table, columns={}, on_orphan="raise")
    with pytest.raises(FieldError, match="must be left out if columns or other options"):
        read(table, columns={}, head="{}")


@pytest.mark.parametrize("read", FROM, ids=lambda read: read.__name__)
def test_from_functions_without_options_are_strict_and_name_the_option(read):
    rows = [{"id": 1, "parent_id": None}]
    with pytest.raises(FieldError, match=r"pass columns=\{\} to read numbers"):
        read(FROM[read](rows))


def test_the_callers_columns_come_first_and_are_no_guesses():
    rows = [{"nr": 1, "up": 0, "wrote": "Ada", "said": "Hm."}, {"nr": 2, "up": 1, "said": "Yes."}]
    columns = {"id": "nr", "parent": "up", "author": "wrote", "text": "said"}
    reading = tables.read(rows, columns=columns)
    assert not reading.problems
    assert reading.thread["2"].parent_id == "1" and reading.thread["1"].author == Author("Ada")


def test_guesses_are_reported_with_the_columns_that_end_up_in_meta():
    row = {"id": 1, "posted": "2024-05-01 12:00:00Z", "state": "published", "mood": "glad"}
    reading = tables.read([row], columns={"status": "state"})
    (problem,) = reading.problems
    assert "created_at is 'posted'" in problem.message
    assert "; kept in meta: 'mood';" in problem.message
    many = tables.read([{"id": 1} | {f"x{n}": n for n in range(50)}])
    assert "'x8', 'x9', ...;" in many.problems[0].message


def test_a_column_that_is_said_to_be_none_is_not_guessed():
    rows = [{"id": 1, "story_id": 5, "score": 3}, {"id": 2, "story_id": 6}]
    reading = tables.read(rows, columns={"thread": None, "score": None})
    assert reading.thread["1"].score is None and reading.thread["1"].meta["score"] == 3
    assert reading.thread["2"].meta["story_id"] == 6


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"columns": {"identity": "id"}}, "must have keys among"),
        ({"columns": {"id": "nr"}}, "must be a column of the table: id, text"),
        ({"thread": "story"}, "must be a column of the table"),
        ({"zone": "Nowhere/At all"}, "the name of a zone"),
        ({"zone": 3}, "the name of a zone"),
        ({"text_format": "word"}, "must be one of text, html"),
    ],
)
def test_what_a_caller_says_wrong_is_refused(options, words):
    with pytest.raises(FieldError, match=words):
        tables.read([{"id": 1, "text": "Hm."}], **options)


@pytest.mark.parametrize("table", [7, "id,text", {"id": [1]}, [1], None])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(FieldError):
        tables.read(table)


@pytest.mark.parametrize("root", [0, "", "0", "root", None, float("nan"), "NaN", "none", 0.0, "1"])
def test_what_means_that_there_is_no_parent(root):
    """Its own id too."""
    assert one({"parent_id": root}).parent_id is None


def test_other_words_for_no_parent_can_be_named():
    rows = [{"id": 1, "parent_id": "top"}, {"id": 2, "parent_id": 1}]
    thread = tables.read(rows, roots=["top"]).thread
    assert [(c.id, c.parent_id) for c in thread] == [("1", None), ("2", "1")]


def test_ids_that_count_from_zero_are_ids():
    rows = [{"id": 0, "parent_id": None}, {"id": 1, "parent_id": 0}]
    assert tables.read(rows).thread["1"].parent_id == "0"


def test_ids_are_exact_or_refused():
    big = 2**60 + 1
    rows = [{"id": big, "parent_id": None}, {"id": 18, "parent_id": float(2**53)}]
    reading = tables.read(rows)
    assert {c.id for c in reading.thread} == {str(big), "18"}
    assert reading.thread["18"].parent_id is None
    assert reading.thread["18"].meta["parent_id"] == float(2**53)
    assert kinds(reading) == ["guessed-columns", "bad-value"]
    assert "its last digits may be lost" in reading.problems[1].message
    reading = tables.read([{"id": 1e30, "text": "Hm."}])
    assert not reading.threads and kinds(reading)[1:] == ["bad-value", "no-id"]


def test_the_floats_that_text_has_of_whole_numbers_are_whole_numbers():
    rows = [{"id": "17", "parent_id": ""}, {"id": "18", "parent_id": "17.0"}]
    assert tables.read(rows).thread["18"].parent_id == "17"
    versions = [{"id": "1.0", "parent_id": ""}, {"id": "1.5", "parent_id": "1.0"}]
    assert tables.read(versions).thread["1.5"].parent_id == "1.0"


def test_ids_may_be_uuids():
    id = uuid.UUID(int=7)
    assert tables.read([{"id": id, "text": "Hm."}]).thread[str(id)].text == "Hm."


def test_ids_of_reddit_lose_the_kind_before_them():
    rows = [
        {"id": "c7", "parent_id": "t3_p1", "link_id": "t3_p1", "body": "Hm."},
        {"id": "c8", "parent_id": "t1_c7", "link_id": "t3_p1", "body": "[deleted]"},
    ]
    thread = tables.read(rows).thread
    assert thread.article.id == "p1" and thread["c7"].parent_id is None
    assert thread["c8"].parent_id == "c7" and thread["c8"].status is Status.DELETED
    assert thread["c8"].text is None


def test_a_row_that_is_the_thread_is_the_article():
    rows = [
        {"id": 5, "topic_id": 5, "parent_id": None, "author": "Ada", "title": "A", "text": "So."},
        {"id": 6, "topic_id": 5, "parent_id": 5, "author": "Ben", "title": "Re: A", "text": "Hm."},
    ]
    thread = tables.read(rows).thread
    assert thread.article == Article("A", id="5", authors=[Author("Ada")], text="So.")
    assert [(c.id, c.parent_id) for c in thread] == [("6", None)]


def test_an_address_in_several_rows_is_that_of_the_page():
    rows = [{"id": n, "text": "Hm.", "url": f"https://e.org/{n // 2}"} for n in range(4)]
    first, second = tables.read(rows).threads
    assert (first.article.url, second.article.url) == ("https://e.org/0", "https://e.org/1")
    rows = [{"id": n, "text": "Hm.", "url": f"https://e.org/{n}"} for n in range(4)]
    assert tables.read(rows).thread["2"].url == "https://e.org/2"


def test_headlines_in_many_rows_are_the_articles():
    rows = [{"id": n, "text": "Hm.", "article_id": n % 2, "title": f"T{n % 2}"} for n in range(8)]
    titles = [thread.article.title for thread in tables.read(rows).threads]
    assert titles == ["T0", "T1"]


def test_rows_without_ids_are_numbered_and_told():
    reading = tables.read([{"text": "Hm."}, {"text": "Yes."}])
    assert [(c.id, c.text) for c in reading.thread] == [("1", "Hm."), ("2", "Yes.")]
    assert kinds(reading) == ["guessed-columns", "no-ids"]


# -- times ------------------------------------------------------------------------------------------

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
SECONDS = int(NOON.timestamp())


@pytest.mark.parametrize(
    "cell",
    [
        "2024-05-01T12:00:00Z",
        "2024-05-01 14:00:00+02:00",
        "2024-05-01 12:00:00 UTC",
        "2024-05-01 12:00:00.000000+00",
        "Wed, 1 May 2024 12:00:00 +0000",
        NOON,
        pd.Timestamp(NOON),
        SECONDS,
        str(SECONDS),
        float(SECONDS),
        f"{SECONDS}.0",
        SECONDS * 1000,
        SECONDS * 10**6,
        SECONDS * 10**9,
    ],
)
def test_times_in_all_their_spellings(cell):
    assert one({"created_at": cell}).created_at == NOON


def test_seconds_since_1970_by_name_or_by_word():
    assert one({"created_utc": 7}).created_at == dt.datetime(1970, 1, 1, 0, 0, 7, tzinfo=dt.UTC)
    assert one({"date": 7000}, time_unit="ms").created_at.second == 7
    reading = tables.read([{"id": 1, "date": 7}])
    assert reading.thread["1"].created_at is None and reading.thread["1"].meta["date"] == 7
    assert "say time_unit=" in reading.problems[-1].message
    assert "say time_unit=" in tables.read([{"id": 1, "date": "7"}]).problems[-1].message


@pytest.mark.parametrize("others", [[], [7]])
def test_a_cell_that_is_no_time_is_not_told_to_have_a_unit(others):
    rows = [{"id": n, "date": cell} for n, cell in enumerate([*others, "yesterday"])]
    message = tables.read(rows).problems[-1].message
    assert message == "'date' must be a time that can be read, not 'yesterday': kept in meta"


@pytest.mark.parametrize("cell", ["2024-05-01 14:00:00", dt.datetime(2024, 5, 1, 14)])
@pytest.mark.parametrize(
    "zone", ["Europe/Vienna", "+02:00", "+0200", dt.timedelta(hours=2), ZoneInfo("Europe/Vienna")]
)
def test_a_local_time_is_read_in_the_zone_that_is_named(cell, zone):
    assert one({"created_at": cell}, zone=zone).created_at == NOON


def test_a_local_time_without_zone_stays_as_it_is_and_is_told_once():
    rows = [{"id": n, "created_at": "2024-05-01 14:00:00"} for n in (1, 2)]
    reading = tables.read(rows)
    assert reading.thread["1"].created_at is None
    assert reading.thread["1"].meta["created_at_local"] == "2024-05-01T14:00:00"
    (problem,) = [p for p in reading.problems if p.kind == "local-time"]
    assert problem.ids == ("1", "2") and "zone=" in problem.message


# -- other cells ------------------------------------------------------------------------------------


def test_numbers_flags_and_states():
    comment = one(
        {"score": "5.0", "likes": 3.0, "dislikes": "2", "is_edited": "True", "status": "approved"}
    )
    assert (comment.score, comment.upvotes, comment.downvotes) == (5, 3, 2)
    assert comment.is_edited is True and comment.status is Status.VISIBLE
    assert one({"status": "rejected"}).status is Status.REMOVED
    assert one({"status": "shadow"}).meta["status"] == "shadow"


def test_a_cell_that_its_column_cannot_hold_stays_in_meta_and_is_told():
    reading = tables.read([{"id": 1, "score": "many", "created_at": "soon"}])
    assert reading.thread["1"].meta == {"score": "many", "created_at": "soon"}
    assert kinds(reading) == ["guessed-columns", "bad-value", "bad-value"]


def test_other_columns_are_meta_in_the_values_of_json():
    row = {
        "a": np.int64(7), "b": np.array([1, 2]), "c": dt.date(2024, 5, 1), "d": b"x",
        "e": float("inf"), "f": pd.NA, "g": "", "h": {"x": [1]}, "i": False, 7: 0,
    }  # fmt: skip
    assert one(row).meta == {
        "a": 7, "b": (1, 2), "c": "2024-05-01", "d": "b'x'", "e": "inf", "h": {"x": (1,)},
        "i": False, "7": 0,
    }  # fmt: skip


def test_policies_are_those_of_repair():
    rows = [{"id": 1, "parent_id": 9}, {"id": 2, "parent_id": 2}]
    assert tables.read(rows, on_orphan="promote").thread["1"].parent_id is None
    with pytest.raises(ThreadError):
        tables.read(rows, on_orphan="raise")


def test_paths_tell_parents():
    rows = [
        {"comment_counter": f"source1_77_{path}", "article_id": 77, "comment_text": path}
        for path in ("0", "0_0", "0_0_3", "1", "2_0")
    ]
    thread = tables.read(rows).thread
    assert [(c.id, c.parent_id) for c in thread] == [
        ("source1_77_0", None),
        ("source1_77_0_0", "source1_77_0"),
        ("source1_77_0_0_3", "source1_77_0_0"),
        ("source1_77_1", None),
        ("source1_77_2", None),
        ("source1_77_2_0", "source1_77_2"),
    ]
    assert thread["source1_77_2"].status is Status.MISSING


def test_paths_beside_ids_lead_to_ids():
    rows = [{"id": 12, "path": "0.12"}, {"id": 34, "path": "0.12.34"}, {"id": 6, "path": "0.5.6"}]
    thread = tables.read(rows, columns={"path": "path"}).thread
    assert thread["34"].parent_id == "12" and thread["6"].parent_id == "5"
    assert thread["12"].parent_id is None


# -- tables of this library -------------------------------------------------------------------------

THREADS = [
    Thread(Article("T", id="5"), [Comment("1", text="a"), Comment("2", "1", Author("Ben"))]),
    Thread(None, [Comment("1", created_at=NOON.astimezone(ZoneInfo("Europe/Vienna")))]),
    Thread(Article("T", id="5")),
]
WRITERS = [tables.to_rows, tables.to_pandas, tables.to_polars, tables.to_arrow]


@pytest.mark.parametrize("write", WRITERS)
def test_several_threads_in_one_table_come_back(write):
    assert tables.read(write(THREADS, heads=True)).threads == tuple(THREADS)
    assert tables.read(write([], heads=True)).threads in ((), (Thread(),))
    names = tables.read(write(THREADS)).threads
    assert [len(thread) for thread in names] == [2, 1]


@pytest.mark.parametrize("write", WRITERS)
def test_what_readers_need_is_there_when_asked_for(write):
    table = write(THREADS[:1], plain=True, parent_author=True, local_times=True)
    rows = table if isinstance(table, list) else tables.to_rows(THREADS[:1], plain=True)
    assert {"thread", "plain_text"} <= set(rows[0])
    assert tables.read(table).threads[0].comments == THREADS[0].comments


def test_the_columns_for_readers_say_what_they_mean():
    thread = Thread(
        Article(authors=[Author("Ed")]),
        [
            Comment("1", None, Author("Ada", id="u1"), "<b>Hm</b>", text_format="html",
                    created_at=NOON.astimezone(dt.timezone(dt.timedelta(hours=2)))),
            Comment("2", "1"),
        ],
    )  # fmt: skip
    first, second = tables.to_rows(thread, plain=True, parent_author=True, local_times=True)
    assert (first["plain_text"], first["parent_author"]) == ("Hm", "Ed")
    assert first["created_at_local"] == "2024-05-01 14:00:00"
    assert (second["plain_text"], second["parent_author"]) == (None, "u1")
    assert "thread" not in first


def test_a_table_of_this_library_of_which_rows_were_left_out_is_repaired():
    reading = tables.read(tables.to_rows(THREADS[0])[1:])
    assert [c.status for c in reading.thread] == [Status.MISSING, Status.VISIBLE]
    assert kinds(reading) == ["orphan"]


def test_a_table_of_this_library_that_was_changed_is_read_as_any_other():
    rows = [row | {"status": "approved"} for row in tables.to_rows(THREADS[0])]
    reading = tables.read(rows)
    assert kinds(reading)[0] == "changed-table"
    assert reading.threads[0]["1"].text == "a"


# -- laws -------------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.none(), st.text(max_size=5), st.integers(), st.floats(), st.booleans(), st.datetimes(),
    st.lists(st.integers(), max_size=2), st.sampled_from(["1", "2", 1, 2.0, "t1_a", "[deleted]"]),
)  # fmt: skip
NAMES = st.sampled_from(
    ["id", "parent_id", "text", "author", "user_id", "created_utc", "date", "score", "likes",
     "status", "url", "title", "article_id", "comment_counter", "is_edited", "other"]
)  # fmt: skip


@given(st.lists(st.dictionaries(NAMES, CELLS, max_size=8), max_size=6))
def test_every_row_comes_out_or_is_named_and_nothing_else_is_raised(rows):
    reading = tables.read(rows)
    comments = sum(c.status is not Status.MISSING for t in reading.threads for c in t)
    articles = sum(1 for thread in reading.threads if thread.article is not None)
    lost = [p for p in reading.problems if p.kind in ("no-id", "bad-row", "duplicate", "same")]
    repeated = [p for p in reading.problems if "duplicate" in p.kind or "twice" in p.message]
    assert comments + articles + len(lost) + len(repeated) >= len(rows)
    assert comments <= len(rows)
    assert tables.read(rows) == reading or any(
        isinstance(cell, float) for row in rows for cell in row.values()
    )


def test_a_frame_of_a_file_that_pandas_wrote_is_the_same(tmp_path):
    frame = pd.DataFrame(ROWS)
    path = tmp_path / "comments.csv"
    frame.to_csv(path)
    again = discourse.read(path)
    threads = tables.read(frame).threads
    assert again.threads == threads
    read_back = pd.read_csv(io.BytesIO(path.read_bytes()), index_col=0)
    assert tables.read(read_back).threads == threads


def test_rows_of_unknown_columns_are_reported_with_how_to_map_them():
    rows = [{"wer": "Bo", "was": "Hm."}]
    first, *_ = tables.read(rows).problems
    assert first.kind == "no-columns"
    assert "columns={'text': 'wer'}; kept in meta: 'wer', 'was'" in first.message
    assert "no-columns" not in kinds(tables.read(rows, columns={"text": "was"}))
    assert "no-columns" not in kinds(tables.read([]))


def test_a_mapped_parent_is_not_missed_and_columns_may_be_numbers():
    rows = [{"cid": "a", "pid": "top"}, {"cid": "b", "pid": "a"}]
    (problem,) = tables.read(rows, columns={"parent_id": "pid"}, roots=["top"]).problems
    assert "parents" not in problem.message
    frame = pd.DataFrame([["a", None], ["b", "a"]])
    reading = tables.from_pandas(frame, columns={"id": 0, "parent_id": 1})
    assert [(c.id, c.parent_id) for c in reading.thread] == [("a", None), ("b", "a")]


def test_a_table_without_rows_has_no_problems():
    assert tables.read(pd.DataFrame({"id": [], "parent_id": [], "text": []})).problems[1:] == ()


@pytest.mark.parametrize("text", ["2024/05/01 15:10", "2024/5/1 15:10:00"])
def test_dates_with_slashes_that_begin_with_the_year_are_read(text):
    comment = one({"parent_id": None, "text": "x", "created_at": text}, zone="UTC")
    assert comment.created_at == dt.datetime(2024, 5, 1, 15, 10, tzinfo=dt.UTC)
