"""Files as they come: packed, in archives, in other encodings, cut, and larger than they look."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import DiscourseError, LimitError, ParseError, Reading, UnknownFormatError
from discourse.errors import FieldTypeError
from discourse.formats import parse, read, stream

zstandard = pytest.importorskip("zstandard")

TEXT = "A title\n\nThe body.\n\n  1. First!\n\n    • And second.\n"
EXPORT = """<?xml version="1.0" encoding="{}"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_content>Naïve…</wp:comment_content>
</wp:comment></item></channel></rss>"""


def zstd(data):
    return zstandard.ZstdCompressor().compress(data)


def archive(*members, **how):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **how) as made:
        for name, data in members:
            made.writestr(name, data)
    return file.getvalue()


def read_bytes(data, *args, **options):
    return read(io.BytesIO(data), *args, **options)


PACKINGS = {"gzip": gzip.compress, "zstd": zstd, "zip": lambda data: archive(("a.txt", data))}
PACKED = pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)


@PACKED
def test_a_packed_file_is_read_like_a_plain_one(pack):
    assert read_bytes(pack(TEXT.encode())).threads == read_bytes(TEXT.encode()).threads


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_file_of_several_members_or_frames_is_one(pack):
    data = TEXT.encode()
    assert read_bytes(pack(data[:20]) + pack(b"") + pack(data[20:])) == read_bytes(data)


@PACKED
def test_what_unpacks_to_more_than_the_bound_is_refused(pack):
    bomb = pack(bytes(50_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(LimitError):
        read_bytes(bomb, max_bytes=1_000_000)


@PACKED
def test_a_file_of_the_very_size_of_the_bound_is_read(pack):
    data = TEXT.encode()
    assert len(read_bytes(pack(data), max_bytes=max(len(data), len(pack(data)))).threads) == 1
    with pytest.raises(LimitError):
        read_bytes(data, max_bytes=len(data) - 1)


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_packed_file_that_is_cut_is_refused_with_a_place(pack):
    data = pack(TEXT.encode() * 100)
    for size in range(5, len(data)):
        with pytest.raises(ParseError) as caught:
            read_bytes(data[:size], "pagetext")
        assert caught.value.place.offset == size


@PACKED
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_damage_is_read_or_refused(pack, at, byte):
    data = bytearray(pack(TEXT.encode() * 3))
    data[at % len(data)] = byte
    try:
        read_bytes(bytes(data))
    except DiscourseError:
        return


def test_a_frame_that_asks_for_a_gigabyte_of_window_is_read():
    """Dumps of whole sites are packed so; the bound is on what comes out."""
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=30)
    packed = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    data = packed.compress(TEXT.encode()) + packed.flush()
    assert len(read_bytes(data).thread) == 2


def test_every_file_of_an_archive_is_read_and_what_is_no_thread_is_told():
    data = archive(
        ("a/", b""),
        ("a/one.txt", TEXT),
        ("a/two.txt.gz", gzip.compress(TEXT.replace("First", "Last").encode())),
        ("logo.png", b"\x89PNG\r\n\x1a\n\0\0"),
    )
    reading = read_bytes(data)
    assert [thread["1"].text for thread in reading.threads] == ["First!", "Last!"]
    told = [(p.kind, p.place.source) for p in reading.problems]
    assert told == [
        ("maybe-not-comments", "a/one.txt"),
        ("maybe-not-comments", "a/two.txt.gz"),
        ("unread-member", "logo.png"),
    ]


def test_the_bound_is_that_of_all_files_of_an_archive_together():
    data = archive(*((f"{n}.txt", TEXT * 100) for n in range(10)))
    with pytest.raises(LimitError):
        read_bytes(data, max_bytes=len(TEXT) * 900)


def test_an_archive_with_nothing_in_it_has_no_threads():
    assert read_bytes(archive()) == Reading()


def test_an_error_names_the_file_and_the_member(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(archive(("in/a.json", "{")))
    with pytest.raises(ParseError) as caught:
        read(path, "json")
    assert caught.value.place.source == f"{path}/in/a.json"


@pytest.mark.parametrize("pack", [bytes, *PACKINGS.values()], ids=["plain", *PACKINGS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_a_stream_takes_what_reading_takes(tmp_path, pack, encoding):
    path = tmp_path / "export"
    path.write_bytes(pack(EXPORT.format(encoding).encode(encoding)))
    streamed = stream(path)
    assert tuple(streamed) == read(path).threads
    assert [c.text for c in read(path).thread] == ["Naïve…"] and not streamed.problems


def test_a_stream_of_one_large_packed_file_begins_at_once(tmp_path):
    """Nothing of the rest is read before it is asked for, so that memory stays small."""
    path = tmp_path / "export.zst"
    draw = random.Random(1)
    item = EXPORT[EXPORT.index("<item>") : EXPORT.index("</channel>")]
    items = (item.replace("Naïve", str(draw.random())) for _ in range(20_000))
    whole = EXPORT.format("utf-8").replace(item, "".join(items))
    path.write_bytes(zstd(whole.encode()))
    with path.open("rb") as file:
        assert len(next(stream(file))) == 1
        assert file.tell() < path.stat().st_size


def test_the_beginning_may_end_inside_a_character(tmp_path):
    path = tmp_path / "a.txt"
    for more in range(3):
        path.write_text("x" * more + "…" * 100_000 + "\n\n" + TEXT, encoding="utf-8")
        assert not (made := stream(path)).problems and len(next(made)) == 2


def test_addresses_text_files_and_other_things_are_refused_in_words(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(ParseError, match="opens a URL"):
        read("https://mill.example/a.html")
    with (tmp_path / "a.txt").open(encoding="utf-8") as file, pytest.raises(TypeError):
        read(file)
    with pytest.raises(TypeError):
        discourse.read(7)
    with pytest.raises(UnknownFormatError):
        read_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def tar(data):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as made:
        member = tarfile.TarInfo("a.txt")
        member.size = len(data)
        made.addfile(member, io.BytesIO(data))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bz2.compress(TEXT.encode()), "bzip2"),
        (lzma.compress(TEXT.encode()), "xz"),
        (tar(TEXT.encode()), "tar"),
        (gzip.compress(gzip.compress(TEXT.encode(), mtime=0), mtime=0), "gzip"),
        (zstd(zstd(TEXT.encode())), "Zstandard"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "JPEG"),
        (b"GIF89a\1\0", "GIF"),
        (b"SQLite format 3\0\x10\0", "SQLite"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
    ],
    # Named by the kind alone: what an archiver makes holds the time it was made, and the workers
    # of a parallel run have to find tests of the same names.
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_another_kind_of_file_is_refused_by_its_name(data, words):
    with pytest.raises(UnknownFormatError, match=words):
        read_bytes(data)


@pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)
def test_parsing_what_is_packed_says_that_reading_unpacks_it(pack):
    with pytest.raises(UnknownFormatError, match=r"read\(\) unpacks"):
        parse(pack(TEXT.encode()))


@pytest.mark.parametrize("bound", ["x", None, 1e9, True])
def test_a_bound_that_is_no_whole_number_is_refused_by_its_name(bound):
    with pytest.raises(FieldTypeError, match="max_bytes: must be an int"):
        read_bytes(TEXT.encode(), max_bytes=bound)


def test_what_systems_add_to_an_archive_is_passed_over_and_nothing_else():
    png = b"\x89PNG\r\n\x1a\n\0\0"
    clutter = ("__MACOSX/._a.txt", "__MACOSX/in/._a.txt", ".DS_Store", "in/.DS_Store", "Thumbs.db")
    others = ("in/__MACOSX.png", "my.DS_Store", "thumbs.db", ".DS_Store/a", "._a.txt")
    reading = read_bytes(archive(("in/a.txt", TEXT), *((n, png) for n in (*clutter, *others))))
    assert len(reading.thread) == 2
    told = [p.place.source for p in reading.problems if p.kind == "unread-member"]
    assert told == list(others)
