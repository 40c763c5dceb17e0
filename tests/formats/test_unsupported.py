"""What no format reads is called by its name, and a table is not taken for a page."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import UnknownFormatError
from discourse._io.encoding import to_text
from discourse.formats import parse, read, stream
from discourse.formats._separated import separator_of

TABLES = {
    "comma": "id,parent_id,text\n7,,At last.\n8,7,Why?\n",
    "semicolon": "ID;Autor;Kommentar\r\n7;Ada;At last.\r\n",
    "tab": "comment_id\tuser\tsaid\n7\tAda\tAt last.\n8\tBo\tWhy?",
    "quoted": '"id","reply to","created at"\n"7","","2024-05-01"\n',
    "lines": 'id,text\n7,"At last.\n\nIt was time, ""they"" say."\n8,Why?\n',
    "index": ",id,body\n0,7,At last.\n1,8,Why?\n",
    "spaced": "Comment ID, Parent ID, Author\n7, , Ada\n",
    "camel": "createdAt,userName\n2024-05-01,Ada\n",
    "blank end": "id,text\n7,At last.\n\n\n",
    "blank start": "\ufeff\nid,text\n7,At last.\n",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_table_is_read_as_one(text):
    reading = parse(text)
    assert {thread.source.format for thread in reading.threads} == {"table"}
    assert reading.problems[0].kind == "guessed-columns"


def test_a_table_in_a_file_is_read_and_streamed_and_is_the_text_of_a_page_on_demand(tmp_path):
    path = tmp_path / "comments.csv"
    path.write_text(TABLES["comma"], encoding="utf-8")
    assert list(stream(path)) == list(read(path).threads)
    assert read(path).thread["8"].parent_id == "7"
    assert read(path, "pagetext").thread.article.text.startswith("id,parent_id")


def test_a_table_that_is_longer_than_what_is_looked_at_is_known_too():
    long = '"' + "long " * 20_000 + '"'
    for rows in (f"7,{long}\n", f"7,At last.\n8,{long}\n"):
        assert "9" in parse(f"id,text\n{rows}9,Why?\n").thread


@given(
    rows=st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), min_size=1),
    separator=st.sampled_from(",;\t"),
)
def test_whatever_the_rows_of_a_table_say_it_is_one(rows, separator):
    """The ids make each row one that is no blank line."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(["id", "parent_id", "text"])
    writer.writerows([n, *row] for n, row in enumerate(rows))
    text = file.getvalue()
    if "\0" in text:
        return
    reading = parse(text)
    ids = {comment.id for thread in reading.threads for comment in thread}
    assert ids >= {str(n) for n in range(len(rows))}
    assert reading.threads[0].source.format == "table"


@pytest.mark.parametrize(
    "text",
    [
        "Bread, milk and a comment\n\nSo, we went, they say.\n",
        "Text, Ton, Bild\n\nAlles da, alles neu, alles gut.\n",
        "Author, Ben Miller\nEditor, Ada Byron\n\nThe body of it.\n",
        "Body, mind\nIt is all one, they say.\n",
        "id,text\n",
        "id,text",
        "id,text\n\n7,At last.\n",
        "id,text\n7,At last, they say.\n",
        "id,id\n1,2\n",
        "name,place\nAda,Here\n",
        "A title\n\nid,text\n7,At last.\n",
        "id\n7\n8\n",
        "text\n",
        "id;\n7;\n",
        ",\n,\n",
    ],
)
def test_a_text_with_commas_in_it_is_still_a_text(text):
    assert parse(text).thread.source.format == "pagetext"


def test_no_real_page_is_taken_for_a_table(shared):
    paths = [*(shared / "pages").iterdir(), *(shared / "samples" / "extractor-text").iterdir()]
    tables = [path.name for path in paths if separator_of(to_text(path.read_bytes())[0])]
    assert len(paths) > 50 and not tables


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(9), r"a program \(ELF\)"),
        (b"MZ\x90\x00\x03" + bytes(90), "a program"),
        (b"\xcf\xfa\xed\xfe\x07\0\0\x01" + bytes(90), r"a program \(Mach-O\)"),
        (b"\xce\xfa\xed\xfe\x07\0\0\x01" + bytes(90), r"a program \(Mach-O\)"),
        (b"\xca\xfe\xba\xbe\0\0\0\x34\0\x1d", "a Java class"),
        (b"\0asm\x01\0\0\0", "WebAssembly"),
        ("A title\n".encode("utf-16-le"), "UTF-16"),
    ],
)
def test_a_program_is_called_one(data, words):
    with pytest.raises(UnknownFormatError, match=words):
        read(io.BytesIO(data))


def test_a_text_that_begins_as_a_program_does_is_a_text():
    for text in ("MZ was here\n\nSo it was.\n", "PAR1 is a title\n"):
        assert parse(text).thread.article is not None


@pytest.mark.parametrize("nothing", ["", b"", "\ufeff", b"\xef\xbb\xbf"])
def test_an_input_with_nothing_in_it_is_called_empty(nothing):
    with pytest.raises(UnknownFormatError, match="it is empty"):
        parse(nothing)


def test_an_input_of_blanks_is_told_so():
    with pytest.raises(UnknownFormatError, match="only white space"):
        parse(" \n\t\n")


def test_an_empty_path_is_no_folder():
    for reading in (read, stream):
        with pytest.raises(FileNotFoundError, match="the path is empty"):
            reading("")


def test_a_page_with_numbered_comments_of_an_unknown_system_says_so():
    page = "<html><body>%s</body></html>"
    two = "<div id='comment-12'>At last.</div><div id=\"comment-13\">Why?</div>"
    with pytest.raises(UnknownFormatError, match="has comments of a system that is not known"):
        parse(page % two)
    with pytest.raises(UnknownFormatError, match="say which with format="):
        parse(page % "<div id='comment-12'>a template</div>")
