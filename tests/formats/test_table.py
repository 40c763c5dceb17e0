"""Tables as files: text with separators, JSON, Parquet, Feather; what is written comes back."""

import csv
import gzip
import io
import json
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse
from discourse import (
    Article,
    Author,
    Comment,
    FieldError,
    MissingExtraError,
    ParseError,
    Status,
    Thread,
    strategies,
    tables,
)
from discourse.formats import _separated, parse, read, serialize, stream, write

ROWS = [
    ["id", "parent_id", "user", "text", "mood"],
    ["7", "", "Ada", 'At "last",\r\n\r\nthey say; or\tnot | so.', "3"],
    ["8", "7", "Ben", "Why?", ""],
]
SUFFIXES = (".csv", ".tsv", ".tab", ".csv.gz", ".parquet", ".feather", ".arrow")


def written(separator=",", **options):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, **options).writerows(ROWS)
    return file.getvalue()


def kinds(reading):
    return [problem.kind for problem in reading.problems]


@pytest.mark.parametrize("separator", ",\t;|")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_separators_quotes_and_encodings(separator, end, quoting, encoding):
    text = written(separator, lineterminator=end, quoting=quoting).replace("Why?", "Où?")
    reading = parse(text.encode(encoding))
    first, second = reading.thread
    assert first.text == ROWS[1][3] and first.meta == {"mood": "3"}
    assert (second.id, second.parent_id, second.text) == ("8", "7", "Où?")
    assert kinds(reading) == ["encoding"] * (encoding == "latin-1") + ["guessed-columns"]


def test_another_separator_can_be_named():
    reading = parse("id:text\n7:Hm.\n", "table", separator=":")
    assert reading.thread["7"].text == "Hm."
    for wrong in ("::", '"', "\n"):
        with pytest.raises(FieldError, match="one character"):
            parse("id,text\n7,Hm.\n", "table", separator=wrong)


def test_old_macs_end_rows_with_a_carriage_return_and_others_keep_it():
    assert len(parse("id,text\r7,Hm.\r8,Yes.\r").thread) == 2
    assert parse("id\ttext\tuser\n7\tHm.\r\rYes.\tAda\n").thread["7"].text == "Hm.\r\rYes."


def test_quotes_that_do_not_end_with_the_cell_are_a_part_of_it():
    reading = parse('id,text\n7,"So" he said\n8,5" wide\n9,"open\n')
    assert [c.text for c in reading.thread] == ['"So" he said', '5" wide', '"open']


def test_rows_that_are_too_short_or_too_long_are_read_as_far_as_they_go_and_told():
    reading = parse("id,text\n7,Hm.\n8,So.\n9,Yes.\n" * 3 + "10\n11,a,b,c\n", "table")
    assert reading.thread["10"].text is None
    assert reading.thread["11"].meta == {"more cells": ("b", "c")}
    assert [str(p) for p in reading.problems if p.kind == "ragged-row"] == [
        "ragged-row: a row has 1 cells, but the header has 2 ($[11])",
        "ragged-row: a row has 4 cells, but the header has 2 ($[12])",
    ]


def test_the_row_numbers_of_pandas_are_no_column():
    reading = parse(",id,text\n0,7,Hm.\n1,8,Yes.\n")
    assert reading.thread["7"].meta == {}
    reading = parse(",id,text\n5,7,Hm.\n6,8,Yes.\n")
    assert reading.thread["7"].meta == {"column 1": "5"}


@pytest.mark.parametrize("form", ["lines", "array"])
def test_rows_of_json(form):
    rows = [{"id": 7, "parent_id": None, "author": "Ada", "text": "Hm.", "n": {"a": [1]}},
            {"id": 8, "parent_id": 7, "author": "Ben", "text": ""}]  # fmt: skip
    text = json.dumps(rows) if form == "array" else "\n".join(map(json.dumps, rows))
    reading = parse(text)
    assert reading.threads[0].source.format == "table"
    assert reading.thread["7"].meta == {"n": {"a": (1,)}} and reading.thread["8"].text == ""
    assert reading.thread["8"].parent_id == "7"


def test_what_is_no_object_among_rows_of_json_is_told():
    reading = parse('[{"id": 7, "author": "Ada", "text": "Hm."}, 5]')
    assert len(reading.thread) == 1
    assert [str(p) for p in reading.problems if p.kind == "bad-value"] == [
        "bad-value: a row that is not an object: skipped ($[1])"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "So it was, they say.\nAnd so on.",
        '{"a": 1}',
        '[{"id": 7, "text": {"rendered": "Hm."}}]',
        "name,place\nAda,Here\n",
        "<p>id,text</p>",
    ],
)
def test_what_is_no_table_of_comments_is_refused_with_a_place(text):
    with pytest.raises(ParseError) as caught:
        parse(text, "table")
    assert caught.value.place is not None


def test_options_reach_the_reader_from_every_way_of_reading(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("nr,said,when,page\n7,Hm.,2024-05-01 14:00,a\n7,Yes.,,b\n", encoding="utf-8")
    options = {"columns": {"id": "nr", "text": "said", "created_at": "when"}, "thread": "page"}
    for reading in (read(path, "table", zone="+02:00", **options),
                    read([path], "table", zone="+02:00", **options)):  # fmt: skip
        first, second = reading.threads
        assert first.article.id == "a" and second["7"].text == "Yes."
        assert first["7"].created_at.isoformat() == "2024-05-01T14:00:00+02:00"
    with pytest.raises(FieldError, match=r"option of table \(separator, columns"):
        read(path, "table", column={})


# -- columnar files ----------------------------------------------------------------------------------


def columnar(rows, kind):
    sink = io.BytesIO()
    table = pa.Table.from_pylist(rows)
    if kind == "parquet":
        pyarrow.parquet.write_table(table, sink)
    else:
        pyarrow.feather.write_feather(table, sink, compression="uncompressed")
    return sink.getvalue()


@pytest.mark.parametrize("kind", ["parquet", "feather"])
def test_parquet_and_feather_are_known_by_their_content(kind, tmp_path):
    rows = [{"id": 7, "parent_id": None, "body": "Hm."}, {"id": 8, "parent_id": 7, "body": "Yes."}]
    data = columnar(rows, kind)
    path = tmp_path / "none"
    path.write_bytes(data)
    for threads in (parse(data).threads, read(path).threads, tuple(stream(path))):
        (thread,) = threads
        assert [(c.id, c.parent_id, c.text) for c in thread] == [
            ("7", None, "Hm."),
            ("8", "7", "Yes."),
        ]
    assert parse(data, columns={"text": None}).thread["7"].meta == {"body": "Hm."}


@pytest.mark.parametrize("kind", ["parquet", "feather"])
def test_a_columnar_file_that_is_cut_or_damaged_is_refused(kind):
    data = columnar([{"id": 7, "text": "Hm."}] * 50, kind)
    for part in range(10, len(data), 97):
        with pytest.raises(ParseError, match=r"cannot be read|no format"):
            parse(data[:part])


def test_a_columnar_file_without_the_extra_says_what_to_install(monkeypatch):
    data = columnar([{"id": 7, "text": "Hm."}], "parquet")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match="arrow"):
        parse(data)


# -- writing -----------------------------------------------------------------------------------------

THREADS = [
    Thread(Article("T", id="5"), [Comment("1", text="=1+1"), Comment("2", "1", Author("@ben"))]),
    Thread(None, [Comment("1", text=""), Comment("x", text="'tis"), Comment("-", text=None)]),
    Thread(Article("T", id="5")),
]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_threads_in_a_file_come_back(suffix, tmp_path):
    path = tmp_path / f"comments{suffix}"
    assert not write(THREADS, path)
    assert read(path).threads == tuple(THREADS)
    assert not write(THREADS[1], path)
    assert read(path).threads == (THREADS[1],)
    assert not write([], path)
    assert len(read(path, "table").threads) <= 1
    if suffix.endswith(".gz"):
        assert gzip.decompress(path.read_bytes()).startswith(b"thread,position,id")


@settings(max_examples=settings().max_examples // 2)
@given(
    st.lists(strategies.threads(max_size=4), max_size=3),
    st.sampled_from([".csv", ".tsv", ".parquet"]),
)
def test_whatever_is_written_comes_back(threads, suffix):
    from discourse.formats.table import to_bytes  # noqa: PLC0415 - what write() calls

    again = parse(to_bytes(threads, suffix), "table").threads
    assert again == tuple(threads) or not threads


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "fine"]


def test_no_cell_of_text_begins_as_a_formula_does():
    expect_no_formula(FORMULAS)


def test_no_known_payload_begins_a_cell(shared):
    path = shared / "hostile" / "csv-injection" / "Intruder" / "csv-payload.txt"
    expect_no_formula(path.read_text(encoding="utf-8").splitlines())


def expect_no_formula(payloads):
    thread = Thread(
        Article("=T", id="=1"),
        [
            Comment(f"={n}", None, Author(each, display_name=each), each, title=each, url=each,
                    language=each, tags=[each], meta={each: each})
            for n, each in enumerate(payloads)
        ],
    )  # fmt: skip
    text, _ = serialize(thread, "table", plain=True, parent_author=True)
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in row)
    assert parse(text).thread == thread


def test_options_of_writing(tmp_path):
    path = tmp_path / "a.csv"
    thread = Thread(None, [Comment("7", text="<b>Hm</b>", text_format="html"), Comment("8", "7")])
    write(thread, path, encoding="utf-8-sig", plain=True, parent_author=True, local_times=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfthread,")
    first, _ = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    assert first["plain_text"] == "Hm" and first["depth"] == "0"
    assert read(path).thread == thread
    write(thread, path, separator=";")
    assert path.read_text(encoding="utf-8").startswith("thread;position;id;")
    assert read(path).thread == thread
    for options, words in (
        ({"encoding": "no-such"}, "must be an encoding"),
        ({"plane": True}, r"option of table \(separator, plain"),
    ):
        with pytest.raises(FieldError, match=words):
            write(thread, path, **options)
    with pytest.raises(FieldError, match="json has no options"):
        write(thread, tmp_path / "a.json", plain=True)
    with pytest.raises(FieldError, match="every character"):
        write(Thread(None, [Comment("7", text="Ω")]), path, encoding="latin-1")


def test_a_table_that_was_sorted_and_cut_in_a_spreadsheet_is_repaired(tmp_path):
    text, _ = serialize(Thread(None, [Comment("1"), Comment("2", "1"), Comment("3", "2")]), "table")
    header, *rows = text.splitlines()
    reading = parse("\n".join([header, rows[2], rows[0]]) + "\n")
    assert [(c.id, c.status) for c in reading.thread] == [
        ("2", Status.MISSING),
        ("3", Status.VISIBLE),
        ("1", Status.VISIBLE),
    ]


# -- csv-spectrum and laws ---------------------------------------------------------------------------


def test_csv_spectrum(shared):
    folder = shared / "hostile" / "csv-spectrum"
    paths = sorted((folder / "csvs").glob("*.csv"))
    assert len(paths) > 10
    for path in paths:
        data = path.read_bytes()
        if path.stem == "location_coordinates":
            continue  # whose bytes are no UTF-8
        names, *rows = _separated.rows_of(data.decode(), ",")
        known = json.loads(
            (folder / "json" / f"{path.stem}.json").read_bytes().replace(b"\\r", b"")
        )
        assert [dict(zip(names, row, strict=True)) for row in rows] == known


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), min_size=1), st.sampled_from(",;\t|"))
def test_rows_that_are_written_are_read_again(rows, separator):
    text = _separated.text_of([["a", "b"], *rows], separator)
    assert list(_separated.rows_of(text, separator)) == [["a", "b"], *rows]
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))[1:] == rows or (
        "\0" in text
    )


@given(st.lists(st.lists(st.text(max_size=5), min_size=2, max_size=2), min_size=1))
def test_rows_that_others_write_are_read_as_they_read_them(rows):
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["a", "b"], *rows])
    assert list(_separated.rows_of(file.getvalue(), ",")) == [["a", "b"], *rows]


@given(st.text(alphabet="ab\",;\n\r\t'=", max_size=40), st.sampled_from(",;"))
def test_any_text_at_all_loses_no_character_but_quotes_and_line_ends(text, separator):
    cells = [cell for row in _separated.rows_of(text, separator) for cell in row]
    marks = str.maketrans("", "", f'"\r\n{separator}')
    assert "".join(cells).translate(marks) == text.translate(marks)


def test_many_quotes_take_linear_time():
    for text in ('"' * 200_001, '"a' * 100_000, '"",' * 100_000, '"""x,' * 60_000, ',"' * 100_000):
        assert list(_separated.rows_of("id,text\n" + text, ","))


def test_the_pieces_of_a_table_are_noticed_or_harmless():
    text = written(lineterminator="\n")
    whole = parse(text, "table")
    for at in range(len(text)):
        try:
            reading = discourse.parse(text[:at], "table")
        except ParseError:
            continue
        ids = {c.id for t in reading.threads for c in t if c.status is not Status.MISSING}
        assert ids <= {c.id for c in whole.thread} or "ragged-row" in kinds(reading)


def test_the_guesses_are_public():
    assert tables.guess_columns(["Comment ID", "in_reply_to", "Body"]) == {
        "id": "Comment ID",
        "parent_id": "in_reply_to",
        "text": "Body",
    }


@pytest.mark.parametrize("name", ["t.jsonl", "t.ndjson.gz", "t.json"])
def test_rows_are_written_as_json_if_the_suffix_says_so(name, tmp_path):
    threads = (Thread(Article("A"), [Comment("1", None, Author("Ada"), "=x", score=1.5)]), Thread())
    assert discourse.write(threads, tmp_path / name, "table") == ()
    reading = discourse.read(tmp_path / name)
    assert reading.threads == threads and not reading.problems
    if name == "t.json":
        assert [row["id"] for row in json.loads((tmp_path / name).read_bytes())] == ["1", None]


def test_a_table_is_not_written_as_a_spreadsheet(tmp_path):
    with pytest.raises(FieldError, match=r"write \.csv with encoding"):
        discourse.write(Thread(), tmp_path / "t.xlsx", "table")
    assert not list(tmp_path.iterdir())


UNKNOWN = "wer;was\nBo;Hm.\nAda;Ja.\n"


@pytest.mark.parametrize("function", [discourse.read, discourse.stream])
def test_a_file_of_unknown_columns_is_an_error_that_names_them(tmp_path, function):
    path = tmp_path / "odd.csv"
    path.write_text(UNKNOWN, encoding="utf-8")
    with pytest.raises(ParseError) as caught:
        list(function(path).threads if function is discourse.read else function(path))
    assert "the columns are 'wer', 'was'" in caught.value.message
    assert "columns={'text': 'was'}" in caught.value.message
    comments = discourse.read(path, "table", columns={"text": "was", "author": "wer"}).thread
    assert [(c.author_name, c.text) for c in comments] == [("Bo", "Hm."), ("Ada", "Ja.")]
    path.write_text("A title\n\nThe body.\n\n  1. First!\n", encoding="utf-8")
    with pytest.raises(ParseError, match="the columns are 'A title'"):
        discourse.read(path)


def test_a_file_of_known_columns_is_a_table_though_its_rows_are_ragged(tmp_path):
    (tmp_path / "odd.csv").write_text("id,text\n\n1,Hm.\n2\n", encoding="utf-8")
    reading = discourse.read(tmp_path / "odd.csv")
    assert [comment.id for comment in reading.thread] == ["1", "2"]
    assert "ragged-row" in [problem.kind for problem in reading.problems]


def test_a_table_of_unknown_columns_does_not_spoil_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("odd.csv", UNKNOWN)
        archive.writestr("one.json", discourse.dumps(Thread(None, [Comment("1")])))
    reading = discourse.read(tmp_path / "all.zip")
    assert len(reading.thread) == 1
    (problem,) = reading.problems
    assert problem.kind == "unread-member" and "'wer', 'was'" in problem.message


def test_text_that_looks_like_a_table_is_reported(tmp_path):
    (tmp_path / "odd.txt").write_text(UNKNOWN, encoding="utf-8")
    for reading in (discourse.parse(UNKNOWN), discourse.read(tmp_path / "odd.txt")):
        (problem,) = [each for each in reading.problems if each.kind == "looks-like-a-table"]
        assert problem.values == ("wer", "was") and "columns=" in problem.message  # noqa: PD011 - no frame
    for text in ("Dear Bo, dear Ada\nHm, ja\nSo, so\n", "a;b\n\nc;d\n", "a;b\nc\n", "wer\nBo\n"):
        assert "looks-like-a-table" not in [each.kind for each in discourse.parse(text).problems]
    assert "looks-like-a-table" not in [
        p.kind for p in discourse.parse(UNKNOWN, "pagetext").problems
    ]


def test_texts_that_begin_with_an_apostrophe_come_back_whoever_wrote_or_reads_the_file(tmp_path):
    texts = ["''a'' said", "'", "=x", "-", "Hm."]
    thread = Thread(None, [Comment(str(n), text=text) for n, text in enumerate(texts)])
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    discourse.write(thread, ours)
    discourse.tables.to_pandas([thread], heads=True).to_csv(theirs, index=False)
    for reading in (
        discourse.read(ours),
        discourse.read(theirs),
        discourse.tables.read(pd.read_csv(ours, dtype=str)),
        discourse.tables.read(pd.read_csv(ours)),
        discourse.tables.from_pandas(pd.read_csv(ours), columns={}),
    ):
        assert [comment.text for comment in reading.thread] == texts
        assert not [p for p in reading.problems if p.kind != "guessed-columns"]
