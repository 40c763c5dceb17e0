"""Folders, several files as one whole, and files that are no text: the general mechanism."""

import zipfile

import attrs
import pytest

import discourse
from discourse import Comment, FieldError, FieldTypeError, ParseError, Reading, Thread
from discourse.formats import Beginning, Format, Magic, _registry, parse, read, stream


def thread_of(*texts):
    return Thread(None, [Comment(str(n), text=text) for n, text in enumerate(texts)])


def _parse_bytes(data, *, loud: bool = False):
    if not data.startswith(b"\0BAR"):
        raise ParseError("this is not BAR")
    text = data[4:].decode()
    return Reading([thread_of(text.upper() if loud else text)])


def _parse(text, *, loud: bool = False):
    return Reading([thread_of(text.upper() if loud else text)])


BAR = Format(
    name="bar",
    title="Bar",
    suffixes=(".bar",),
    signature=(Beginning("#bar"), Magic(b"\0BAR")),
    folder=("*.part", "sub/*.part"),
    parse=_parse,
    parse_bytes=_parse_bytes,
    parse_parts=lambda parts: Reading([thread_of(*(text for _, text in parts))]),
)


@pytest.fixture
def bar(monkeypatch):
    plugins = {"bar": _registry._Plugin(BAR, "a test")}
    monkeypatch.setattr(_registry, "plugins", lambda: plugins)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("a.part", "b.part", "sub/c.part"):
        (tmp_path / name).write_text(f"#bar {name}")
    (tmp_path / ".DS_Store").write_text("x")
    return tmp_path


def texts(reading):
    return [comment.text for thread in reading.threads for comment in thread]


@pytest.mark.usefixtures("bar")
def test_a_folder_is_read_as_its_files_together(folder):
    expected = ["#bar a.part", "#bar b.part", "#bar sub/c.part"]
    for source in (folder, str(folder), sorted(folder.rglob("*.part"))):
        assert texts(read(source)) == expected and not read(source).problems
    assert texts(read(folder, "bar")) == expected
    assert [len(thread) for thread in stream(folder)] == [3]
    (folder / "notes.txt").write_text("what is this?")
    (problem,) = read(folder).problems
    assert problem.kind == "unread-member" and problem.values == ("notes.txt",)


@pytest.mark.usefixtures("bar")
@pytest.mark.parametrize("top", ["", "some/where/"])
def test_an_archive_of_such_a_folder_is_read_alike(tmp_path, top):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.part", "sub/c.part", "notes.txt"):
            archive.writestr(top + name, f"#bar {name}")
    reading = read(path)
    assert texts(reading) == ["#bar a.part", "#bar sub/c.part"]
    (problem,) = reading.problems
    assert problem.kind == "unread-member" and problem.values == (f"{top}notes.txt",)


@pytest.mark.usefixtures("bar")
def test_a_folder_that_no_format_reads_is_the_systems_error(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(IsADirectoryError, match="notes"):
        read(tmp_path)
    with pytest.raises(IsADirectoryError):
        read(tmp_path, "json")


@pytest.mark.usefixtures("bar")
def test_bytes_are_read_where_their_magic_fits(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"\0BARhm")
    assert texts(read(path)) == texts(read(path, "bar")) == texts(parse(b"\0BARhm")) == ["hm"]
    assert texts(parse(memoryview(b"\0BARhm"))) == ["hm"]
    assert texts(read(path, loud=True)) == ["HM"]
    assert texts(parse(b"#bar hm")) == ["#bar hm"], "which is a text of the same format"
    with pytest.raises(FieldTypeError, match="True or False"):
        read(path, loud="yes")
    with pytest.raises(FieldError, match="must be an option of"):
        read(path, quiet=True)


def test_parts_may_be_bytes(tmp_path, monkeypatch):
    format = attrs.evolve(
        BAR, are_parts_bytes=True,
        parse_parts=lambda parts: Reading([thread_of(*(repr(part) for _, part in parts))]),
    )  # fmt: skip
    monkeypatch.setattr(_registry, "plugins", lambda: {"bar": _registry._Plugin(format, "a test")})
    paths = [tmp_path / name for name in ("a", "b")]
    for path, data in zip(paths, (b"\0BARhm", b"#bar hm"), strict=True):
        path.write_bytes(data)
    assert texts(read(paths)) == [r"b'\x00BARhm'", "'#bar hm'"]


def test_a_magic_may_ask_for_more_than_the_beginning():
    magic = Magic(b"\0BAR", having=b"table")
    from discourse.formats._heads import Head  # noqa: PLC0415 - for this test alone

    fits = [magic.fits(Head("", data)) for data in (b"\0BAR", b"\0BAR table", b"table", b"")]
    assert fits == [0, 2, 0, 0]


def test_a_record_names_the_files_of_a_folder_as_texts():
    with pytest.raises(FieldTypeError):
        attrs.evolve(BAR, folder=(1,))
    with pytest.raises(FieldTypeError):
        attrs.evolve(BAR, parse_bytes="no")
    assert discourse.formats.Format is Format
