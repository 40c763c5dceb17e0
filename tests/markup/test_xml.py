"""Reading XML of strangers: nothing dangerous gets in, nothing well-formed is changed, and what is
not well-formed is put right where it is wrong, and told."""

import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import DiscourseError, LimitError, ParseError, strategies
from discourse._io import encoding
from discourse._markup.times import aware, clock, either, mail
from discourse._markup.xml import MAX_DEPTH, Wanted, decoded, read
from discourse._problems import ProblemLog
from discourse.formats import parse

WANTED = Wanted(frozenset({"rss"}), {"item": None, "wp:comment": "item"}, frozenset({"title"}))


def events(text, *, size=1 << 18, in_bytes=False):
    """Everything that comes out, and the problems, in order of their places."""
    log = ProblemLog()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    made = [
        (element.name, element.attributes, element.markup(), element.whole)
        for element in read(pieces, WANTED, log, in_bytes=in_bytes)
    ]
    return made, sorted(log.problems, key=lambda p: (p.place.offset if p.place else -1, p.kind))


def items(text):
    return [markup for name, _, markup, _ in events(text)[0] if name == "item"]


def kinds(text):
    return [problem.kind for problem in events(text)[1]]


# -- laws --------------------------------------------------------------------------------------

TOKENS = (
    *("<rss>", "</rss>", "<item>", "</item>", "<item/>", "<p>", "</p>", "</ item>", "</", "/>"),
    *("<!--", "-->", "--", "<![CDATA[", "]]>", "]]", "<?", "?>", '<?xml version="1.0"?>'),
    *("&", "&amp;", "&nbsp;", "&foo;", "&#x1;", "&#65;", "&#xD83D;&#xDE00;", "&#xD83D;", ";"),
    *("<", ">", "a", "é", "😀", "\n", "\r", " ", "x=", '"', "'", "\x01", "\ufffe", "<!DOCTYPE"),
    *("<a b=c>", '<a b="1" b="2"/>', '<a b="&c">', '<x:y xmlns:x="u">', "<wp:comment>", "<3"),
)


@given(st.lists(st.sampled_from(TOKENS), max_size=25), st.booleans(), st.integers(1, 9))
def test_whatever_comes_is_read_alike_in_pieces_of_any_size(tokens, is_closed, size):
    text = "<rss>" + "".join(tokens) + ("</rss>" if is_closed else "")
    made = []
    for each in (len(text), 1, size):
        try:
            made.append(events(text, size=each))
        except DiscourseError as error:
            made.append(str(error))
    assert made[0] == made[1] == made[2]


@given(strategies.texts(max_size=60))
def test_a_well_formed_text_comes_out_as_the_standard_library_reads_it(text):
    document = f"<rss><item>{escape(text)}</item></rss>"
    try:
        expected = ET.fromstring(document)[0].text or ""
    except ET.ParseError:
        assert "control-character" in kinds(document)
    else:
        assert events(document) == ([("rss", {}, "", True), ("item", {}, expected, True)], [])


@given(st.text(st.sampled_from('ab&<>;"x1# \n'), max_size=30))
def test_signs_of_markup_in_a_text_are_never_lost(text):
    """Unless they happen to be markup: here no name follows a '<' directly."""
    text = text.replace("<", "< ").replace("&#", "& #")
    assert items(f"<rss><item>{text}</item></rss>") == [text]


# -- what is refused -----------------------------------------------------------------------------

BOMB = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
REFUSED = {
    "a bomb": BOMB + "<rss><item>&b;</item></rss>",
    "an external entity": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>',
    "an external declaration": '<!DOCTYPE rss SYSTEM "http://x.example/rss.dtd"><rss/>',
    "a parameter entity": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://x.example/p">%p;]><rss/>',
    "an entity that names itself": '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]><rss/>',
    "a chain": "<!DOCTYPE rss ["
    + "".join(f'<!ENTITY e{n} "&e{n + 1};">' for n in range(2_000))
    + "]><rss>&e0;</rss>",
    "in small letters": "<!doctype rss><rss/>",
    "behind a comment": "<!-- quiet --><?x y?>\n<!DOCTYPE rss><rss/>",
    "behind junk": "junk <b>junk</b> <!DOCTYPE rss><rss/>",
    "an entity alone": '<!ENTITY a "b"><rss>&a;</rss>',
}


@pytest.mark.parametrize("name", REFUSED)
def test_declarations_before_the_root_are_refused(name):
    with pytest.raises(ParseError, match="declarations are refused"):
        events(REFUSED[name])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_they_are_refused_in_every_encoding(encoding):
    data = ('<?xml version="1.0"?>' + BOMB + "<rss><item>&b;</item></rss>").encode(encoding)
    with pytest.raises(ParseError, match="refused"):
        parse(data, format="feed")


def test_a_declaration_in_a_text_or_a_comment_harms_nobody():
    text = "<!-- <!DOCTYPE x> --><rss><item>a <!DOCTYPE b> c</item></rss>"
    assert items(text) == ["a <!DOCTYPE b> c"]
    assert kinds(text) == ["bare-angle"]


def test_hostile_files_are_refused_or_no_feed(shared):
    folder = shared / "hostile" / "defusedxml"
    files = [path for path in folder.iterdir() if path.suffix == ".xml"]
    assert len(files) > 8
    for path in files:
        for name in ("wxr", "disqus-xml", "feed"):
            with pytest.raises(ParseError):
                parse(path.read_bytes(), format=name)


def test_elements_inside_each_other_beyond_the_bound_are_refused():
    text = "<rss><item>" + "<b>" * MAX_DEPTH + "</b>" * MAX_DEPTH + "</item></rss>"
    with pytest.raises(LimitError, match="1,000"):
        events(text)
    with pytest.raises(LimitError):
        events("<rss>" + "<b>" * 1_000_000)
    inner = MAX_DEPTH - 2
    assert items("<rss><item>" + "<b>" * inner + "x" + "</b>" * inner + "</item></rss>")


@pytest.mark.parametrize(
    "text", ["", " ", "x", "<", "<rss", "<html><p>no</p></html>", "<!-- <rss> ", "<rssx/>", "{}"]
)
def test_what_has_no_such_root_is_refused(text):
    with pytest.raises(ParseError, match="not XML with the root <rss>"):
        events(text)


# -- what is put right -----------------------------------------------------------------------------

REPAIRS = {
    "junk before": ("x`\n<?xml version='1.0'?><rss><item>a</item></rss>", "a", "junk-before-root"),
    "blank before": ("\n<?xml version='1.0'?><rss><item>a</item></rss>", "a", "junk-before-root"),
    "warnings before": (
        "<br />\n<b>Warning</b>: x\n<?xml version='1.0'?><rss><item>a</item></rss>",
        "a",
        "junk-before-root",
    ),
    "junk after": ("<rss><item>a</item></rss> junk", "a", "junk-after-root"),
    "control": ("<rss><item><![CDATA[a\x0bb]]></item></rss>", "a\ufffdb", "control-character"),
    "no character": ("<rss><item>a\uffffb</item></rss>", "a\ufffdb", "control-character"),
    "ampersand": ("<rss><item>AT&T & me</item></rss>", "AT&T & me", "bare-ampersand"),
    "html": ("<rss><item>a&nbsp;&eacute;</item></rss>", "a\xa0é", "html-entity"),
    "entity": ("<rss><item>a &foo; b</item></rss>", "a &foo; b", "unknown-entity"),
    "reference": ("<rss><item>a&#x1;&#0;b</item></rss>", "a\ufffd\ufffdb", "bad-reference"),
    "surrogates": ("<rss><item>&#xD83D;&#xDE00;</item></rss>", "😀", "bad-reference"),
    "half": ("<rss><item>&#xD83D; a</item></rss>", "\ufffd a", "bad-reference"),
    "angle": ("<rss><item>I <3 you < me</item></rss>", "I <3 you < me", "bare-angle"),
    "cdata end": ("<rss><item>a ]]> b</item></rss>", "a ]]> b", "bare-angle"),
    "address": ("<rss><item>Ada <ada@x> b</item></rss>", "Ada <ada@x> b", "bare-angle"),
    "comment": ("<rss><item>a<!-- b -- c -->d</item></rss>", "ad", "bad-comment"),
    "declaration": ("<rss><item>a<?xml version='1.0'?>d</item></rss>", "ad", "bad-comment"),
    "unclosed": ("<rss><item>a<p>b</item></rss>", "a<p>b</p>", "unclosed-element"),
    "stray": ("<rss><item>a</p>b</item></rss>", "ab", "stray-end-tag"),
    "end tag": ("<rss><item>a</ item></rss>", "a", "bad-tag"),
    "unquoted": ("<rss><item><a b=1/>c</item></rss>", '<a b="1"></a>c', "bad-tag"),
    "twice": ("<rss><item><a b='1' b='2'/></item></rss>", '<a b="1"></a>', "bad-tag"),
    "address in a tag": (
        "<rss><item><a b='?x=1&y=2'/></item></rss>",
        '<a b="?x=1&amp;y=2"></a>',
        "bad-tag",
    ),
    "prefix": ("<rss><item><a:b/>c</item></rss>", "<b></b>c", "unbound-prefix"),
}


@pytest.mark.parametrize("name", REPAIRS)
def test_what_is_not_well_formed_is_put_right_and_told(name):
    text, expected, kind = REPAIRS[name]
    assert items(text) == [expected]
    assert set(kinds(text)) == {kind}


def test_places_are_those_of_the_input():
    text = "<rss>\n<title>é\x01</title>\n<item>é & b</item>\n</rss>"
    (_, problems) = events(text)
    assert [(p.kind, p.place.line, p.place.offset) for p in problems] == [
        ("control-character", 2, text.index("\x01")),
        ("bare-ampersand", 3, text.index("&")),
    ]
    (_, problems) = events(text.replace("\x01", ""), in_bytes=True)
    assert problems[0].place.offset == text.replace("\x01", "").encode().index(b"&")


def test_a_text_is_not_cut_and_a_name_not_changed_as_a_recovering_parser_would():
    """libxml2 makes ATT of AT&T, and cuts a text of 20 MB to 10."""
    long = "long text. " * 2_000_000
    assert items(f"<rss><item>AT&T {long}</item></rss>") == [f"AT&T {long}"]


def test_a_cut_input_gives_what_was_whole():
    made, problems = events("<rss><item>1</item><item>2<b>")
    assert made[1:] == [("item", {}, "1", True), ("item", {}, "2<b></b>", False)]
    assert [p.kind for p in problems] == ["truncated"]
    assert problems[0].values[:3] == ("rss", "item", "b")


@given(st.data())
def test_a_document_cut_anywhere_gives_a_beginning_of_its_items(data):
    text = "<rss><title>t</title>" + "".join(
        f"<item><![CDATA[{n} &]]> &amp; é <b>{n}</b><!-- c --></item>" for n in range(5)
    )
    whole = items(text + "</rss>")
    at = data.draw(st.integers(6, len(text)))
    made, problems = events(text[:at])
    found = [markup for name, _, markup, is_whole in made if name == "item" and is_whole]
    assert found == whole[: len(found)]
    assert "truncated" in {p.kind for p in problems}
    assert len(found) == text[:at].count("</item>")


def test_two_documents_in_one_file_are_both_read():
    text = "<rss><item>1</item></rss>\n<?xml version='1.0'?>\n<rss><item>2</item></rss>"
    assert items(text) == ["1", "2"]
    assert kinds(text) == ["junk-after-root"]


def test_nothing_of_a_second_document_is_believed_before_its_root():
    assert items("<rss><item>1</item></rss>" + BOMB + "<rss><item>&b;</item></rss>") == ["1", "&b;"]


def test_many_faults_are_counted_not_told_one_by_one():
    _, problems = events("<rss><item>" + "a < b " * 3_000 + "</item></rss>")
    assert len(problems) == 1_001
    assert problems[0].kind == "bare-angle" and problems[0].message.startswith("2,000 more")


def test_ampersands_are_one_problem_with_their_number_and_the_first_place():
    _, problems = events("<rss><item>" + "a & b " * 3_000 + "</item></rss>")
    assert [(p.kind, p.place.offset) for p in problems] == [("bare-ampersand", 13)]
    assert problems[0].message == "3,000 times '&' that begins no reference: parsed as text"


def test_a_tag_or_a_comment_without_end_does_not_swallow_the_rest(monkeypatch):
    monkeypatch.setattr("discourse._markup.xml._reader.MAX_TOKEN", 1_000)
    monkeypatch.setattr("discourse._markup.xml._reader._TAIL", 100)
    rest = "".join(f"<item>{n}</item>" for n in range(300))
    for start in ("<!-- a", '<a b="', "<?a"):
        text = f"<rss>{start} {rest}</rss>"
        log = ProblemLog()
        pieces = [text[at : at + 100] for at in range(0, len(text), 100)]
        made = [e.markup() for e in read(pieces, WANTED, log) if e.name == "item"]
        assert made[-1] == "299" and len(made) > 290
        assert log.problems


@pytest.mark.parametrize(
    ("end", "left"),
    [("<", "<"), ("<b", "<b"), ("<b c='d", "<b c='d"), ("</ite", "</ite"), ("<!-- x", "<!-- x"),
     ("<!-", "<!-"), ("<![CD", "<![CD"), ("<?x", "<?x"), ("<![CDATA[x", None), ("", None)],
)  # fmt: skip
def test_an_open_token_at_the_end_is_a_cut_and_nothing_else(end, left):
    made, (problem,) = events(f"<rss><item>a{end}")
    assert made[1] == ("item", {}, "ax" if "CDATA" in end else "a", False)
    assert problem.kind == "truncated"
    assert problem.values == (("rss", "item", left) if left else ("rss", "item"))


def test_a_sign_that_opens_nothing_is_a_text_at_the_end_too():
    for end in ("<3", "< b", "<b <c>", "<!x", "</>"):
        assert kinds(f"<rss><item>a{end}")[0] in ("bare-angle", "unclosed-element"), end


def test_an_open_token_is_no_cut_where_much_follows_it(monkeypatch):
    monkeypatch.setattr("discourse._markup.xml._reader._TAIL", 100)
    for start in ("<!-- a", "<b c='", "<?a"):
        assert "bare-angle" not in kinds(f"<rss><item>{start}{'x' * 50}")
        assert "bare-angle" in kinds(f"<rss><item>{start}{'x' * 150}")


def test_a_section_of_any_size_is_one_text(monkeypatch):
    monkeypatch.setattr("discourse._markup.xml._reader.MAX_TOKEN", 1_000)
    text = "a <b> & ]] \n" * 500
    for size in (100, 1 << 18):
        made, problems = events(f"<rss><item><![CDATA[{text}]]></item></rss>", size=size)
        assert made[1][2] == text and not problems


def test_line_ends_are_those_of_xml():
    text = "<rss><item b='1\r\n2\t3'>a\r\nb\rc&#13;<![CDATA[\r\n]]></item><item>\r</item></rss>"
    made, problems = events(text)
    assert made[1] == ("item", {"b": "1 2 3"}, "a\nb\nc\r\n", True)
    assert made[2][2] == "\n" and not problems


# -- elements and names ------------------------------------------------------------------------


def test_blank_text_around_a_cdata_section_is_layout_and_blanks_in_it_are_text():
    text = "<rss><item>\n\t<![CDATA[ a ]]>\n</item><item> b </item>"
    text += "<item><![CDATA[]]>&#13;</item></rss>"
    assert items(text) == [" a ", " b ", ""]


def test_names_go_by_namespace_and_not_by_prefix():
    text = (
        '<rss xmlns:x="https://wordpress.org/export/1.1/" xmlns:wp="urn:other">'
        "<wp:comment>no</wp:comment><x:comment>yes</x:comment>"
        '<y xmlns:wp="http://wordpress.org/export/1.2/"><wp:comment>too</wp:comment></y>'
        "<wp:comment>no</wp:comment></rss>"
    )
    made, problems = events(text)
    assert [(name, markup) for name, _, markup, _ in made[1:]] == [
        ("wp:comment", "yes"),
        ("wp:comment", "too"),
    ]
    assert not problems


def test_an_element_without_children_is_true():
    log = ProblemLog()
    made = list(read(["<rss><item>a</item><item/></rss>"], WANTED, log))
    assert all(made) and made[1].text == "a" and made[2].text == ""


# -- encodings -----------------------------------------------------------------------------------

DOCUMENT = '<?xml version="1.0" encoding="{}"?><rss><item>é “a” ж</item></rss>'


@pytest.mark.parametrize(
    ("declared", "used", "text"),
    [
        ("utf-8", "utf-8", "é “a” ж"),
        ("UTF-8", "utf-8-sig", "é “a” ж"),
        ("iso-8859-1", "cp1252", "é “a”"),
        ("windows-1251", "cp1251", "“a” ж"),
        ("utf-16", "utf-16", "é “a” ж"),
        ("utf-16", "utf-16-be", "é “a” ж"),
        ("Shift_JIS", "cp932", "日本"),
        ("gb2312", "gb18030", "中文 ж"),
        ("unicode_escape", "utf-8", "é \\u0041"),
        ("no-such-thing", "utf-8", "é"),
    ],
)
def test_the_declared_encoding_is_honoured_whole_and_in_pieces(tmp_path, declared, used, text):
    data = DOCUMENT.format(declared).replace("é “a” ж", text).encode(used)
    assert encoding.to_text(data)[0].endswith(f"<item>{text}</item></rss>")
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    log = ProblemLog()
    with path.open("rb") as file:
        assert "".join(decoded(file, log)).endswith(f"<item>{text}</item></rss>")
    assert not log.problems


def test_latin_1_that_says_it_is_utf_8_is_read_as_windows_1252_byte_by_byte(tmp_path):
    data = (
        b'<?xml version="1.0" encoding="UTF-8"?><rss><item>caf\xe9 \xc3\xa9 \x93a\x94</item></rss>'
    )
    text, problems = encoding.to_text(data)
    assert text.endswith("<item>café é “a”</item></rss>")
    assert [(p.kind, p.place.offset) for p in problems] == [("encoding", data.index(b"\xe9"))]
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    log = ProblemLog()
    with path.open("rb") as file:
        assert "".join(decoded(file, log)) == text
    assert [(p.kind, p.place) for p in log.problems] == [("encoding", problems[0].place)]


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "Shift_JIS", "gb2312"])
def test_utf_8_is_utf_8_whatever_xml_declares(tmp_path, declared):
    far = "a" * 65_536 + "é"  # beyond what decides, and cut in the middle by it
    data = DOCUMENT.format(declared).replace("é “a” ж", f"José ж {far}").encode()
    text, (problem,) = encoding.to_text(data)
    assert text.endswith(f"<item>José ж {far}</item></rss>")
    assert (problem.kind, problem.place.offset) == ("encoding", 0)
    assert problem.message == f"declares {declared.lower()!r}, but is UTF-8: decoded as UTF-8"
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    log = ProblemLog()
    with path.open("rb") as file:
        assert "".join(decoded(file, log)) == text
    assert log.problems == [problem]


@given(st.binary(max_size=60), st.integers(1, 7))
def test_bytes_in_pieces_are_decoded_as_in_one(data, size):
    whole, _, odd = encoding.tolerant(data, final=True)
    made, kept = "", b""
    for at in range(0, len(data), size):
        text, kept, _ = encoding.tolerant(kept + data[at : at + size], final=False)
        made += text
    assert made + encoding.tolerant(kept, final=True)[0] == whole
    assert whole.encode() == data or odd


# -- times ---------------------------------------------------------------------------------------


def test_times_are_read_strictly():
    assert clock("2014-01-14 17:32:12").isoformat() == "2014-01-14T17:32:12"
    assert clock("2014-01-14T17:32:12.5+05:30").isoformat() == "2014-01-14T17:32:12.500000+05:30"
    assert clock("2014-01-14 17:32:12 -0530").isoformat() == "2014-01-14T17:32:12-05:30"
    assert clock("2014-01-14T17:32:12.5+20:30").isoformat() == "2014-01-14T17:32:12.500000+20:30"
    assert clock("2014-01-14").isoformat() == "2014-01-14T00:00:00"
    assert clock("2014-01-14 17:32").isoformat() == "2014-01-14T17:32:00"
    assert clock("0000-00-00 00:00:00") is None and clock(" ") is None
    assert mail("14 Jan 2014 17:31 GMT").isoformat() == "2014-01-14T17:31:00+00:00"
    assert mail("Tue, 14 Jan 2014 17:31:03 PST").isoformat() == "2014-01-14T17:31:03-08:00"
    assert mail("Tue, 14 Jan 2014 17:31:03 XYZ").tzinfo is None
    assert aware("Mon, 30 Nov -0001 00:00:00 +0000") is None
    assert aware("1 Jan 0000 00:00:00 +0000") is None
    assert aware("0001-01-01T00:00:00+05:00") is None
    assert aware("2014-01-14 17:32:12") is None


@pytest.mark.parametrize(
    "text",
    [
        "2014-13-01 00:00:00",
        "20140114",
        "2014-W01-1",
        "2014-01-14 24:00:00",
        "2014-01-14 24:00:00Z",
        "2014-01-14T17:32:12,5Z",
        "x",
        "1e9",
    ],
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the standard library's in part
        clock(text)


@pytest.mark.parametrize("text", ["14 Foo 2014 17:31 GMT", "Mon, 30 Nov -0001 00:00:00 +0000", ""])
def test_what_is_no_time_of_mail_is_refused(text):
    with pytest.raises(ValueError, match="not a time"):
        mail(text)


# -- the tag of the root -----------------------------------------------------------------------

INSIDE = "<title>T</title><item>a</item></rss>"


@pytest.mark.parametrize(
    "root", ["<rss version=2.0>", '<rss a="1" a="2">', '<rss a="<">', "<rss a=b c>", '<rss a="&">']
)
def test_the_tag_of_the_root_is_mended_like_any_other(root):
    for text in (root + INSIDE, "<rss></rss>" + root + INSIDE):
        assert items(text) == ["a"] and "bad-tag" in kinds(text)


def test_a_document_that_ends_in_the_tag_of_its_root_is_none():
    tag = '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
    for at in range(len("<rss "), len(tag) + 1):
        with pytest.raises(ParseError, match="the tag of the root is incomplete") as caught:
            events(tag[:at])
        assert caught.value.place.offset == 0
        made, _ = events("<rss><item>a</item></rss>" + tag[:at])
        assert [name for name, *_ in made] == ["rss", "item"]


@pytest.mark.parametrize("root", ["<rss/>", "<rss />", '<rss a=">"/>', "<rss a='/>'/>"])
@pytest.mark.parametrize("size", [1, 5, 1 << 18])
def test_a_root_with_nothing_in_it_ends_where_its_tag_does(root, size):
    made, problems = events(root + " </rss> &", size=size)
    assert [name for name, *_ in made] == ["rss"]
    assert [(p.kind, p.values) for p in problems] == [("junk-after-root", ("</rss> &",))]
    assert [name for name, *_ in events(root + "<rss>" + INSIDE, size=size)[0]].count("rss") == 2


@given(
    st.lists(
        st.sampled_from(["<rss", " ", "a", "=", '"', "'", "<", ">", "/", "</rss>", "&", "x:"])
    ),
    st.integers(1, 9),
)
# Each of these was once read for ever.
@example(["/", ">", " ", "</rss>", '"', "&", ">"], 5)
@example(["/", ">", "&", '"', "x:", '"', '"', "&", " ", "a", "<rss", "a"], 2)
@example(["/", ">", "=", "/", "=", '"', "/", "</rss>", "/", "=", "<rss", "=", "<rss"], 2)
def test_whatever_stands_in_a_root_is_read_or_refused(tokens, size):
    """And comes to an end, which is what the test would not do otherwise."""
    try:
        events("<rss " + "".join(tokens) + INSIDE, size=size)
    except ParseError:
        return


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 03 Jun 49 11:05:30 GMT", "2049-06-03T11:05:30+00:00"),
        ("Tue, 03 Jun 50 11:05:30 GMT", "1950-06-03T11:05:30+00:00"),
        ("2008-06-03 11:05", "2008-06-03T11:05:00"),
        ("2008-06-03T11:05:30-07:00", "2008-06-03T11:05:30-07:00"),
    ],
)
def test_either_way_of_writing_a_time_is_known(text, expected):
    assert either(text).isoformat() == expected
