"""Markdown: a parser sees the shape of the thread, and in the texts nothing but text."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from discourse import Article, Author, Comment, FieldError, Stub, Thread
from discourse.plain import plain_text
from discourse.render import clean, markdown
from discourse.strategies import deep_threads, threads

PARSERS = {
    "commonmark": MarkdownIt("commonmark"),
    "github": MarkdownIt("commonmark").enable(["table", "strikethrough"]),
}
OPENS = {"lists": "list_item_open", "quotes": "blockquote_open"}


def parsed(thread, style="lists", parser="commonmark", **options):
    """The depth of each comment as a parser sees it, and what it says, header included."""
    depth, found, kinds = -1, [], set()
    for token in PARSERS[parser].parse(markdown(thread, style=style, **options)):
        kinds.add(token.type)
        if token.type == OPENS[style]:
            depth += 1
            found.append((depth, []))
        elif token.type == OPENS[style].replace("open", "close"):
            depth -= 1
        elif token.type == "inline" and depth >= 0:
            found[-1][1].append(token)
    return found, kinds


def text_of(tokens):
    """The paragraphs of a comment as text; fails where there is any markup in them."""
    paragraphs = []
    for token in tokens:
        parts = []
        for inner in token.children:
            assert inner.type in ("text", "hardbreak"), inner.type
            parts.append("\n" if inner.type == "hardbreak" else inner.content)
        paragraphs.append("".join(parts))
    return paragraphs


def expected(text):
    """The paragraphs of a text, its lines without the spaces around them."""
    lines = [clean(line).strip() for line in (text or "").splitlines()]
    return [block for block in re.split(r"\n\n+", "\n".join(lines).strip("\n")) if block]


AWKWARD = [
    *("*a*", "_b_", "# h", "#", "> q", "- i", "+ i", "1. i", "2) i", "---", "===", "```", "~~~"),
    *("    code", "\tcode", "<b>", "<!--", "</div>", "&amp;", "[a](b)", "![a](b)", "[a]: b", "\\"),
    *(
        "| a | b |",
        "|-|-|",
        "`c`",
        "~~s~~",
        "<https://e.example>",
        "a  ",
        "\n",
        "\n\n",
        "\\\n",
        ":",
    ),
    *("$x$", "[^1]", "[^1]: n", "- [ ] t", "***", "* * *", "0123456789. x", "\x0b", "\u2028", "\r"),
    *("<script>", "<?x", "<![CDATA[", "a\\", "!", "[", "]", "(", ")", "{", "}", "\u00a0", "^", "%"),
]
TEXTS = st.lists(st.sampled_from(AWKWARD) | st.text(max_size=5), max_size=8).map("".join)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("style", OPENS)
@given(st.lists(TEXTS, max_size=5))
@example(["a\n    code\n\tcode\n\n    code"])
@example(["a\n===", "b\n---", "| a |\n|-|\n| b |"])
def test_texts_are_text_whatever_is_in_them(style, parser, texts):
    thread = Thread(None, [Comment(str(n), text=text) for n, text in enumerate(texts)])
    found, _ = parsed(thread, style, parser)
    assert [text_of(tokens[1:]) for _, tokens in found] == [
        expected(plain_text(comment)) for comment in thread
    ]


@pytest.mark.parametrize("style", OPENS)
@given(threads(max_depth=7, complete=False))
def test_a_parser_sees_the_shape_of_the_thread(style, thread):
    found, kinds = parsed(thread, style)
    assert [depth for depth, _ in found] == [thread.depth(comment) for comment in thread]
    assert not any("html" in kind or "code" in kind or "table" in kind for kind in kinds)


@pytest.mark.parametrize("style", OPENS)
@given(TEXTS, TEXTS)
def test_names_and_titles_are_no_markup(style, name, title):
    thread = Thread(
        Article(title, site=title, authors=[Author(name)], captions=[title], tags=[title or "x"]),
        [Comment("1", None, Author(name), title=title, tags=[title] if title else [])],
    )
    found, kinds = parsed(thread, style)
    (header, *_) = found[0][1]
    assert not {"html_block", "fence", "code_block", "hr"} & kinds
    assert header.children[1].type == "strong_open"
    inner = {child.type for child in header.children}
    assert inner <= {"text", "strong_open", "strong_close"}


@pytest.mark.parametrize("style", OPENS)
@given(deep_threads(min_size=10, max_size=60, shapes=("chain", "comb")))
def test_deep_branches_go_on_flat_and_name_what_they_answer(style, thread):
    found, _ = parsed(thread, style)
    depths = [thread.depth(comment) for comment in thread]
    assert [depth for depth, _ in found] == [min(depth, 7) for depth in depths]
    for (_, tokens), depth in zip(found, depths, strict=True):
        said = f"in reply to unknown author (depth {depth})" in tokens[0].content
        assert said == (depth > 7)


@pytest.mark.parametrize(
    ("style", "above"), [("lists", lambda n: n - 1), ("quotes", lambda n: 0)], ids=["chain", "fan"]
)
def test_depth_and_width_cost_no_more_than_their_length(many, style, above):
    thread = Thread(None, [Comment(str(n), str(above(n)) if n else None) for n in range(many)])
    written = markdown(thread, style=style)
    assert written.count("**unknown author**") == len(thread)
    assert len(written) < 200 * len(thread)


@given(threads(complete=False))
def test_markdown_is_the_same_every_time(thread):
    assert markdown(thread) == markdown(thread)
    assert "\r" not in markdown(thread)


# -- cases -------------------------------------------------------------------------------------------

THREAD = Thread(
    Article("Bridge", text="One.\n\nTwo.", captions=["The bridge"], comment_count=9),
    [
        Comment("1", None, Author("Ada"), "1. not\n2. a list", score=3, tags=["pinned"]),
        Comment("2", "1", text="<p>See <b>this</b>.</p>", text_format="html", is_edited=True),
        Comment("3", "2", status="deleted"),
        Comment("4", title="Re", status="missing"),
    ],
    stubs=[Stub("2", count=2), Stub()],
)


def test_a_thread_as_lists():
    assert (
        markdown(THREAD)
        == r"""# Bridge

One.

Two.

*Picture:* The bridge

## 4 comments (the source says 9, 1 of these is missing)

(more at the source)

- **Ada** · score 3 · \#pinned

  1\. not\
  2\. a list

  - **unknown author** · edited

    See this.

    (more at the source: 2 comments)

    - **unknown author** · deleted by its author

- **missing comment** · known only because a reply names it

  **Re**"""
    )


def test_a_thread_as_quotes():
    assert markdown(THREAD.subtree("1"), style="quotes").endswith(
        r"""
> **Ada** · score 3 · \#pinned
>
> 1\. not\
> 2\. a list
>
> > **unknown author** · edited
> >
> > See this.
> >
> > (more at the source: 2 comments)
> >
> > > **unknown author** · deleted by its author"""
    )


def test_what_is_not_written_is_said():
    written = markdown(THREAD, max_depth=0)
    assert "  (2 replies below, not written)" in written
    assert written.count("\n- **") == 2


def test_an_empty_thread_has_a_heading():
    assert markdown(Thread()) == "## 0 comments"
    assert markdown(Thread(Article())) == "# Untitled\n\n## 0 comments"


@pytest.mark.parametrize("style", ["list", "", None, 1])
def test_a_style_that_is_none_is_refused(style):
    with pytest.raises(FieldError, match='must be "lists" or "quotes"'):
        markdown(Thread(), style=style)
