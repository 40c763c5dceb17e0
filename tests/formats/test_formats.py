"""Reading and writing files: encodings, bounds, what is detected, what is refused."""

import inspect
import io

import pytest

import discourse
from discourse import (
    Comment,
    DiscourseError,
    LimitError,
    NotOneThreadError,
    ParseError,
    Reading,
    Thread,
    UnknownFormatError,
)
from discourse.formats import available

THREAD = Thread(None, [Comment("1", text="na\u00efve"), Comment("2", "1", text="\u20ac")])
JSON = discourse.dumps(THREAD)
PAGE = "A title\n\nThe body.\n\n  1. First!\n\n    • And second.\n"


def test_json_and_page_texts_are_told_apart_by_their_content():
    assert discourse.parse(JSON).thread == THREAD
    assert discourse.parse(JSON.encode()).thread == THREAD
    assert [c.id for c in discourse.parse(PAGE).thread] == ["1", "1.1"]
    assert discourse.parse(JSON, "json") == discourse.parse(JSON)


def test_formats_are_listed_in_order_of_name():
    names = [format.name for format in available()]
    assert names == sorted(names)
    assert {"json", "pagetext"} <= set(names)
    assert all(format.title for format in available())


@pytest.mark.parametrize("data", ["", " \n", "\x00\x01\x02"])
def test_an_input_that_nothing_recognises_is_refused(data):
    with pytest.raises(UnknownFormatError) as caught:
        discourse.parse(data)
    assert "format" in str(caught.value)
    assert len(str(caught.value)) < 1_000


def test_a_format_that_nobody_knows_is_refused_by_name():
    for ask in (
        lambda: discourse.parse("x", "nothing"),
        lambda: discourse.write(THREAD, "x.json", "nothing"),
    ):
        with pytest.raises(UnknownFormatError, match="'nothing'"):
            ask()


def test_text_that_is_not_of_the_format_asked_for_is_refused():
    with pytest.raises(ParseError) as caught:
        discourse.parse("not json", "json")
    assert isinstance(caught.value, ValueError)
    assert (caught.value.place.line, caught.value.place.column) == (1, 1)


def test_parse_takes_content_and_never_a_path(tmp_path):
    for wrong in (tmp_path, None, 5, io.StringIO(JSON), io.BytesIO(JSON.encode())):
        with pytest.raises(TypeError):
            discourse.parse(wrong)


# -- encodings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_a_byte_order_mark_says_is_taken(encoding):
    reading = discourse.parse(JSON.encode(encoding))
    assert (reading.thread, reading.problems) == (THREAD, ())


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_marks_of_either_order_are_known(encoding):
    assert discourse.parse(("\ufeff" + JSON).encode(encoding)).thread == THREAD


def test_what_is_not_utf_8_is_read_as_windows_1252_and_told():
    reading = discourse.parse(JSON.encode("cp1252"))
    assert reading.thread == THREAD
    (problem,) = reading.problems
    assert problem.kind == "encoding"
    assert problem.message == "not UTF-8 (byte b'\\xef'): decoded as windows-1252"
    assert problem.place.offset == JSON.encode("cp1252").index(b"\xef")


def test_every_byte_is_a_character_in_windows_1252():
    data = discourse.dumps(Thread(None, [Comment("1", text="%s")])).encode()
    text = discourse.parse(data % bytes(range(128, 256)), "json").thread["1"].text
    assert len(text) == 128
    for char in "\u20ac\x81\u0153\u00ff":
        assert char in text


def test_a_torn_wide_encoding_is_read_and_told():
    (problem,) = discourse.parse(PAGE.encode("utf-16") + b"\x00", "pagetext").problems[:1]
    assert problem.kind == "encoding"
    assert "UTF-16" in problem.message


def test_a_lone_surrogate_in_text_is_replaced_and_told():
    reading = discourse.parse(PAGE.replace("First", "Fi\ud800rst"), "pagetext")
    assert "Fi\ufffdrst" in reading.thread["1"].text
    assert [problem.kind for problem in reading.problems][:1] == ["encoding"]
    assert reading.problems[0].place.offset == PAGE.index("rst")


# -- files -----------------------------------------------------------------------------------------


def test_paths_and_binary_files_are_read(tmp_path):
    path = tmp_path / "page.json"
    path.write_text(JSON, encoding="utf-8")
    assert discourse.read(path).thread == THREAD
    assert discourse.read(str(path)).thread == THREAD
    with path.open("rb") as file:
        assert discourse.read(file).thread == THREAD
    assert discourse.read(io.BytesIO(JSON.encode())).thread == THREAD


def test_an_error_names_the_file(tmp_path):
    path = tmp_path / "page.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ParseError) as caught:
        discourse.read(path, "json")
    assert caught.value.place.source == str(path)
    assert "page.json" in str(caught.value)


@pytest.mark.parametrize("url", ["http://example.org/page", "https://example.org/page"])
def test_no_url_is_ever_opened(url, monkeypatch):
    monkeypatch.setattr("socket.socket", None)
    with pytest.raises(DiscourseError, match="never opens a URL"):
        discourse.read(url)


def test_a_file_of_text_is_refused(tmp_path):
    path = tmp_path / "page.json"
    path.write_text(JSON, encoding="utf-8")
    with path.open(encoding="utf-8") as file, pytest.raises(TypeError, match="binary"):
        discourse.read(file)
    with pytest.raises(TypeError, match="binary"):
        discourse.read(io.StringIO(JSON))
    with pytest.raises(TypeError):
        discourse.read(5)


def test_a_file_that_is_not_there_is_the_systems_own_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        discourse.read(tmp_path / "none")
    with pytest.raises(OSError, match="directory"):
        discourse.read(tmp_path)


def test_an_input_beyond_the_bound_is_refused(tmp_path):
    path = tmp_path / "page.json"
    path.write_text(JSON, encoding="utf-8")
    size = path.stat().st_size
    assert discourse.read(path, max_bytes=size).thread == THREAD
    with pytest.raises(LimitError, match="bytes"):
        discourse.read(path, max_bytes=size - 1)
    with pytest.raises(LimitError):
        discourse.read(io.BytesIO(JSON.encode()), max_bytes=3)
    assert inspect.signature(discourse.read).parameters["max_bytes"].default == 2**30


def test_a_suffix_says_what_to_write(tmp_path):
    for name in ("page.json", "PAGE.JSON"):
        discourse.write(THREAD, tmp_path / name)
        assert discourse.load(tmp_path / name) == THREAD
    with pytest.raises(UnknownFormatError, match="suffix"):
        discourse.write(THREAD, tmp_path / "page.unknown")
    discourse.write([THREAD], tmp_path / "page.unknown", "json")
    assert discourse.load(tmp_path / "page.unknown") == THREAD


@pytest.mark.parametrize("threads", [[], [THREAD, THREAD]])
def test_a_file_for_one_thread_holds_one(tmp_path, threads):
    with pytest.raises(UnknownFormatError, match=f"not {len(threads)}"):
        discourse.write(threads, tmp_path / "page.json")
    assert not (tmp_path / "page.json").exists()


# -- readings --------------------------------------------------------------------------------------


def test_a_reading_has_one_thread_or_says_how_many():
    assert Reading([THREAD]).thread is THREAD
    for threads in ([], [THREAD, THREAD]):
        with pytest.raises(NotOneThreadError) as caught:
            Reading(threads).thread  # noqa: B018
        assert caught.value.count == len(threads)
        assert isinstance(caught.value, LookupError)


def test_a_reading_is_a_value():
    problems = []
    reading = Reading([THREAD], problems)
    problems.append("later")
    assert reading == Reading((THREAD,))
    assert hash(reading) == hash(Reading((THREAD,)))


@pytest.mark.parametrize("function", [discourse.read, discourse.stream])
def test_a_pattern_is_an_error_that_says_how_to_read_many_files(tmp_path, function):
    (tmp_path / "[1].json").write_text(discourse.dumps(Thread(None, [Comment("1")])))
    assert [len(thread) for thread in discourse.stream(tmp_path / "[1].json")] == [1]
    with pytest.raises(FileNotFoundError, match=r"use \[discourse.read\(path\) for path in glob"):
        list(function(f"{tmp_path}/*.html"))
    with pytest.raises(FileNotFoundError, match=r"No such file or directory: .*none"):
        list(function(f"{tmp_path}/none"))
