"""The plain-text view of texts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Article, Comment, FieldError
from discourse.plain import plain_text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("<p>One<br />\ntwo</p>", "One\ntwo"),
        ("One<br><br>two", "One\n\ntwo"),
        ("<div>One</div><div>two</div>", "One\ntwo"),
        ("<p>a  &amp;\n b&nbsp;c</p>", "a & b c"),
        ("<b>bo</b>ld <em>words</em>", "bold words"),
        ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc"),
        ("<ul><li>a</li><li>b<ul><li>c</ul></ul>d", "- a\n- b\n  - c\n\nd"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=9><li>a<li>b<br>c</ol>", "9. a\n10. b\n    c"),
        ("<ol><li value=4>a<li>b</ol>", "4. a\n5. b"),
        ("<pre>\nx = 1\n\n\n    y</pre>", "x = 1\n\n\n    y"),
        ("<p>call <code>f( x )</code></p>", "call f( x )"),
        ("<table><tr><th>a</th> <td>b<tr><td>c</table>", "a | b\nc"),
        ("a<hr>b", "a\n\n---\n\nb"),
        ('so <img class="emoji" alt="🙂" src="x"> it', "so 🙂 it"),
        ("<p>a</p><script>b</script><style>c</style><noscript>d</noscript>", "a"),
        ('<a href="https://a.example/x">here</a>.', "here (https://a.example/x)."),
        ('<a href="https://a.example/x">https://a.example/x</a>', "https://a.example/x"),
        ('<a href="https://a.example/x/">a.example/x</a>', "a.example/x"),
        ('<a href="https://a.example/xyz">a.example/x…</a>', "a.example/x… (https://a.example/xyz)"),
        ('<a href="https://a.example/x"></a>', "https://a.example/x"),
        ('<a href="#x">up</a> <a href="javascript:x()">do</a>', "up do"),
        ('<a href="https://a.example/@b" class="u-url mention">@<span>b</span></a>', "@b"),
        (('<a href="https://a.example/xy"><span class="invisible">https://</span>'
         '<span>a.example/x</span><span class="invisible">y</span></a>'), "https://a.example/xy"),
        ("line\nline\n\n<em>para</em>", "line\nline\n\npara"),
        ("no tags at &lt;all&gt;", "no tags at <all>"),
        ("1 < 2 and <3", "1 < 2 and <3"),
        ("<p>cut <b", "cut <b"),
        ("", ""),
        ("<p></p><div> </div>", ""),
    ],
)  # fmt: skip
def test_html_is_read_as_a_reader_sees_it(html, expected):
    assert plain_text(html, "html") == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**bold** and *slanted* and __b__ _i_ ~~s~~", "bold and slanted and b i s"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("# Title\ntext", "Title\ntext"),
        ("[here](https://a.example)", "here (https://a.example)"),
        ("[w](https://a.example/x_(y))", "w (https://a.example/x_(y))"),
        ("![cat](https://a.example/c.png)", "cat"),
        ("<https://a.example>", "https://a.example"),
        ("`a*b*c` and ``x ` y``", "a*b*c and x ` y"),
        ("```\n*x*\n```\nend", "*x*\nend"),
        (r"\*not\* \[a\](b)", "*not* [a](b)"),
        ("&gt; quoted &amp; more", "> quoted & more"),
        ("> quote\n- item", "> quote\n- item"),
    ],
)
def test_markdown_loses_its_marks(markdown, expected):
    assert plain_text(markdown, "markdown") == expected


def test_links_can_be_left_to_their_labels():
    html = '<a href="https://a.example">here</a>'
    assert plain_text(html, "html", links=False) == "here"
    assert plain_text("[here](https://a.example)", "markdown", links=False) == "here"


def test_comments_and_articles_say_what_they_are_written_in():
    assert plain_text(Comment("1", text="<p>a</p>", text_format="html")) == "a"
    assert plain_text(Article("T", text="*a*", text_format="markdown")) == "a"
    assert plain_text(Comment("1", text="<p>a</p>")) == "<p>a</p>"
    assert plain_text(Comment("1")) is None
    assert plain_text(Comment("1", text="")) == ""


def test_plain_text_stays_but_for_line_ends():
    assert plain_text("a\r\nb\rc <i>") == "a\nb\nc <i>"


def test_unknown_formats_and_things_without_text_are_refused():
    with pytest.raises(FieldError):
        plain_text("a", "docx")
    with pytest.raises(FieldError):
        plain_text(7)


@given(st.text(), st.sampled_from(["html", "markdown", "text", "bbcode", "wikitext", "other"]))
def test_nothing_in_a_text_raises(text, text_format):
    plain_text(text, text_format)


SOUP = st.lists(
    st.sampled_from(
        [
            "<ul>",
            "<li>",
            "</li>",
            "</ul>",
            "<ol start=7>",
            "</ol>",
            "<blockquote>",
            "</blockquote>",
            "<p>",
            "<pre>",
            "</pre>",
            "<br>",
            "<a href='https://a.example'>",
            "</a>",
            "<td>",
            "<table>",
            "\n",
            "<hr>",
            "<img alt=x>",
        ]
    )
    | st.sampled_from("abc"),
    max_size=40,
).map("".join)


@given(SOUP)
def test_all_words_are_kept_in_order_and_blank_lines_are_single(html):
    words = re.sub(r"<img alt=x>", "x", html)
    words = re.sub(r"<[^<>]*>|\s", "", words)
    plain = plain_text(html, "html", links=False)
    shown = re.sub(r"[0-9]+\. |---|[^abcx]", "", plain)
    assert shown == words
    if "<pre>" not in html:
        assert "\n\n\n" not in plain
        assert plain == plain.strip("\n")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("\u3000一。\u3000二。", "\u3000一。\u3000二。"),
        ("\u3000一。\u3000二&amp;三。", "\u3000一。\u3000二&三。"),
        (
            "<p>\u3000一。</p><p>\u3000</p><p>\u3000二。</p><p>\u3000</p>",
            "\u3000一。\n\n\u3000二。",
        ),
        ("一。<br>\u3000<br>二。", "一。\n\n二。"),
    ],
)
def test_ideographic_spaces_indent_and_make_no_paragraph_alone(html, expected):
    assert plain_text(html, "html") == expected


@given(st.text(st.sampled_from("ab \t\u00a0\u3000\u2028\x1c;")))
def test_text_without_markup_is_read_as_the_same_text_with_a_comment(html):
    assert plain_text(html, "html") == plain_text(f"{html}<!-- -->", "html")


@given(SOUP)
def test_a_view_has_no_trailing_spaces(html):
    assert all(line == line.rstrip() for line in plain_text(html, "html").split("\n"))


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>x",
        "<ul><li>x",
        "<div><a href='https://x'>y",
        "<table><tr><td>x",
        "<pre>\n",
        "<b>",
    ],
)
def test_depth_is_bounded_and_nothing_is_lost(many, html):
    html *= many // 2
    plain = plain_text(html, "html", links=False)
    assert re.sub(r"[^xy]", "", plain) == re.sub(r"<[^<>]*>|[^xy<>]", "", html)
    assert len(plain) <= 100 * len(html) + 100
