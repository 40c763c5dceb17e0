"""Isso's API, its JSON for import, and its database."""

import datetime as dt
import json
import random
import sqlite3
from contextlib import closing

import pytest

from discourse import DiscourseError, ParseError, Status, TextFormat
from discourse.formats import parse, read

SCHEMA = """
CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);
CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,
  created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR NOT NULL,
  author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0,
  dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
"""
THREADS = [(1, "/mills/", "Mills"), (2, "https://a.example/rivers", None)]
COMMENTS = [
    (1, 1, None, 1709287200.25, 1709287260.0, 1, "192.0.2.1", "*Hm.*", "Ada", "ada@a.example",
     "https://ada.example", 2, 1, b"\0\1", 0),
    (1, 2, 1, 1709287300.0, None, 4, "192.0.2.1", "", "", None, None, 0, 0, b"", 0),
    (1, 3, 1, 1709287400.0, None, 2, "192.0.2.1", "Wait.", None, None, None, 0, 0, b"", 1),
    (2, 4, 99, 1709287500.0, None, 1, "192.0.2.1", "Where?", "Ben", None, None, 0, 0, b"", 0),
]  # fmt: skip


def make(path, script=SCHEMA, comments=COMMENTS):
    with closing(sqlite3.connect(path)) as database:
        database.executescript(script)
        database.executemany("INSERT INTO threads VALUES (?, ?, ?)", THREADS)
        database.executemany(f"INSERT INTO comments VALUES ({', '.join('?' * 15)})", comments)
        database.commit()
    return path


def test_a_database_is_read(tmp_path):
    path = make(tmp_path / "comments.db")
    before = path.read_bytes()
    mills, rivers = read(path).threads
    assert path.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == ["comments.db"]
    assert (mills.article.id, mills.article.title, mills.article.url) == ("/mills/", "Mills", None)
    assert rivers.article.url == "https://a.example/rivers"
    first, deleted, pending = mills
    assert (first.text, first.text_format) == ("*Hm.*", TextFormat.MARKDOWN)
    assert first.created_at == dt.datetime(2024, 3, 1, 10, 0, 0, 250_000, dt.UTC)
    assert first.edited_at == dt.datetime(2024, 3, 1, 10, 1, tzinfo=dt.UTC)
    assert (first.author.name, first.author.url) == ("Ada", "https://ada.example")
    assert (first.upvotes, first.downvotes) == (2, 1) and not first.meta
    assert (deleted.status, deleted.text, deleted.author) == (Status.DELETED, None, None)
    assert deleted.parent_id == "1"
    assert (pending.status, pending.author) == (Status.PENDING, None)
    assert rivers["99"].status is Status.MISSING and rivers["4"].parent_id == "99"


def test_contacts_are_kept_on_request(tmp_path):
    path = make(tmp_path / "comments.db")
    first = read(path, contacts=True).threads[0]["1"]
    assert first.meta == {"email": "ada@a.example", "remote_addr": "192.0.2.1"}


def test_a_database_in_write_ahead_mode_and_packed_is_read(tmp_path):
    import gzip  # noqa: PLC0415 - for this test alone

    path = make(tmp_path / "comments.db", "PRAGMA journal_mode = WAL;" + SCHEMA)
    assert path.read_bytes()[18:20] == b"\2\2"
    packed = tmp_path / "comments.db.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read(packed) == read(path) and len(read(path).threads) == 2
    assert parse(path.read_bytes()) == parse(path.read_bytes(), "isso") == read(path)


def test_what_is_no_database_of_isso_is_refused(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (a)")
    with pytest.raises(ParseError, match="SQLite"):
        read(path)
    with pytest.raises(ParseError):
        read(path, "isso")


def test_views_and_what_runs_are_not_read(tmp_path):
    """A view named like the table makes rows without end; a generated column calls a function."""
    path = tmp_path / "comments.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE threads (id, uri, title); CREATE VIEW comments AS WITH RECURSIVE"
            " c(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM c)"
            " SELECT id, 'voters BLOB NOT NULL' AS text FROM c"
        )
    with pytest.raises(ParseError, match="not a database of Isso"):
        read(path)
    generated = SCHEMA.replace("uri VARCHAR(256)", "uri AS (hex(id))")
    path = tmp_path / "generated.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(generated.replace(" UNIQUE", ""))
        database.execute("INSERT INTO threads (id, title) VALUES (1, 'Mills')")
        database.commit()
    assert read(path).threads[0].article.id is None, "the column is not asked for"


def test_a_damaged_database_gives_our_errors_only(tmp_path):
    many = [(1, n, *COMMENTS[0][2:]) for n in range(1, 200)]
    data = make(tmp_path / "comments.db", comments=many).read_bytes()
    whole = {comment.id for comment in parse(data).threads[0]}
    choose = random.Random(1)
    damaged = [data[:end] for end in range(16, len(data), 301)]
    for _ in range(150):
        piece = bytearray(data)
        for _ in range(choose.randrange(1, 20)):
            piece[choose.randrange(100, len(data))] = choose.randrange(256)
        damaged.append(bytes(piece))
    for each in damaged:
        try:
            reading = parse(each, "isso")
        except DiscourseError:
            continue
        rows = {c.id for thread in reading.threads for c in thread}
        assert reading.problems or rows >= whole or len(each) == len(data)


def test_pages_that_are_named_again_and_again_end(tmp_path):
    """The root page names one page 300 times, so that its rows come again and again."""
    many = [(1, n, *COMMENTS[0][2:]) for n in range(1, 2000)]
    data = bytearray(make(tmp_path / "comments.db", comments=many).read_bytes())
    with closing(sqlite3.connect(tmp_path / "comments.db")) as database:
        (page,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'comments'"
        ).fetchone()
    size = int.from_bytes(data[16:18], "big")
    at = (page - 1) * size
    assert data[at] == 5, "the root is an interior page"
    first = int.from_bytes(data[at + 12 : at + 14], "big")
    entry = bytes(data[at + first : at + first + 4]) + b"\1"
    cells, start = 300, size - 300 * len(entry)
    data[at + 3 : at + 7] = cells.to_bytes(2, "big") + start.to_bytes(2, "big")
    places = (start + len(entry) * n for n in range(cells))
    data[at + 12 : at + 12 + 2 * cells] = b"".join(place.to_bytes(2, "big") for place in places)
    data[at + start : at + size] = entry * cells
    kinds = {problem.kind for problem in parse(bytes(data), "isso").problems}
    assert "truncated" in kinds


ANSWER = {
    "id": None, "total_replies": 2, "hidden_replies": 3, "config": {"gravatar": False},
    "replies": [
        {"id": 1, "parent": None, "created": 1709287200.0, "modified": None, "mode": 1,
         "text": "<p>Hm.</p>", "author": None, "website": None, "likes": 0, "dislikes": 0,
         "hash": "3a6a", "total_replies": 4, "hidden_replies": 3, "replies": [
            {"id": 2, "parent": 1, "created": 1709287300.0, "modified": None, "mode": 4, "text": "",
             "author": "", "website": "", "likes": 0, "dislikes": 0, "hash": "3a6a"}]},
    ],
}  # fmt: skip


def test_an_answer_of_the_api_is_read_and_what_is_hidden_is_a_stub():
    thread = parse(json.dumps(ANSWER)).thread
    assert thread.article is None
    assert [(c.id, c.parent_id, c.status.value) for c in thread] == [
        ("1", None, "visible"), ("2", "1", "deleted"),
    ]  # fmt: skip
    assert [(s.parent_id, s.count) for s in thread.stubs] == [(None, 3), ("1", 3)]
    assert thread["1"].text_format is TextFormat.HTML and thread["1"].reply_count == 4
    assert thread["1"].author is None and thread["1"].meta == {"hash": "3a6a"}
    single = {**ANSWER["replies"][0], "id": 9, "parent": 7}
    del single["replies"]
    thread = parse(json.dumps(single)).thread
    assert thread["9"].parent_id == "7" and thread["7"].status is Status.MISSING


def test_a_reply_without_a_mode_is_a_comment_all_the_same():
    bare = {"total_replies": 1, "hidden_replies": 0, "replies": [{"id": 5, "text": "Hm."}, {}]}
    reading = parse(json.dumps(bare), "isso")
    assert [c.id for c in reading.thread] == ["5"]
    assert [problem.kind for problem in reading.problems] == ["no-id"]


def test_the_newest_comments_of_a_site_name_their_pages():
    newest = [{**ANSWER["replies"][0], "id": n, "uri": uri} for n, uri in enumerate("aba", 5)]
    del newest[1]["replies"], newest[2]["replies"]
    threads = parse(json.dumps(newest)).threads
    assert [(t.article.id, len(t)) for t in threads] == [("a", 4), ("b", 1)]


GENERIC = [
    {"id": "/mills/", "title": "Mills", "comments": [
        {"id": 0, "author": "Ada", "email": "ada@a.example", "website": "", "text": "Hm.",
         "remote_addr": "192.0.2.1", "created": "2024-03-01 10:00:00"},
        {"id": 1, "parent": 0, "author": "Ben", "text": "Yes.", "created": "2024-03-01 11:00:00"}]},
    {"id": "/rivers/", "title": "Rivers", "comments": [
        {"id": 0, "author": "Cy", "text": "No.", "created": "2024-03-01 12:00:00"}]},
]  # fmt: skip


def test_the_json_for_import_counts_from_zero_on_every_page():
    reading = parse(json.dumps(GENERIC))
    ids = [[(c.id, c.parent_id) for c in thread] for thread in reading.threads]
    assert ids == [[("0", None), ("1", "0")], [("0", None)]]
    assert [problem.kind for problem in reading.problems] == ["local-time"]
    first = reading.threads[0]["0"]
    assert first.created_at is None and first.meta == {"created_at_local": "2024-03-01T10:00:00"}
    (mills, _) = parse(json.dumps(GENERIC), zone=dt.UTC).threads
    assert mills["0"].created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert not mills["0"].meta


def test_a_mode_that_is_not_known_is_told():
    (problem,) = parse(json.dumps({**ANSWER["replies"][0], "mode": 3})).problems
    assert problem.kind == "unknown-status" and problem.values == (3,)
