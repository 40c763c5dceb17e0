"""Page text, by its laws: any text is read and accounted for, and what is held comes back."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import Article, Author, Comment, Thread
from discourse.errors import ParseError
from discourse.formats.pagetext import SOURCE, holds, parse, serialize
from discourse.formats.pagetext._census import census
from discourse.formats.pagetext._list_choice import find_comments

TOKENS = [
    "", " ", "  ", "    ", "      ", "\t", "\u00a0", "\n", "\n\n", "\r\n", "\ufeff",
    "  1. ", "  2. ", "    1. ", "    • ", "      • ", "  • ", "    ", "1. ", "• ", "- ", "  - ",
    "99999999. ", "1.", "•", "Title", "Nora Field", "Nora Field says:", "May 3, 2020 at 10:15 am",
    "3 Comments", "Comments", "2 Kommentare:", "5 thoughts on “Title”", "Leave a Reply", "Reply",
    "Antworten", "Pingback: x", "Trackbacks", "By Nora Field", "A picture (Photo: N. Field)",
    "Your email address will not be published.", "I think so, thank you.", "my list:",
    "Related posts",
]  # fmt: skip

token_texts = st.lists(st.sampled_from(TOKENS), max_size=60).map("".join)
line_texts = st.lists(st.sampled_from(TOKENS), max_size=40).map("\n".join)
any_texts = st.text(st.characters(), max_size=200) | token_texts | line_texts


def visible(text: str) -> list[str]:
    """The characters of each line that are left when indentation and space are set aside."""
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    invisible = string.whitespace + "\u00a0\u200b\ufeff"
    return [row.strip(invisible) for row in rows if row.strip().strip(invisible).strip()]


def told(text: str) -> str:
    """Everything that reading *text* gave, in one string."""
    reading = parse(text)
    thread = reading.thread
    parts: list[object] = []
    if thread.article is not None:
        article = thread.article
        parts += [article.title, article.text, *article.captions, article.comment_count]
        parts += [f"By {author.name} {author.bio}" for author in article.authors]
    for comment in thread:
        parts += [comment.text, *comment.meta.get("labels", ())]
    furniture = thread.meta.get("furniture") or {}
    parts += [*furniture.get("before", ()), *furniture.get("after", ())]
    for problem in reading.problems:
        parts += problem.values
    return "\n".join(str(part) for part in parts if part is not None)


@given(any_texts)
def test_any_text_is_read_or_refused(text):
    try:
        reading = parse(text)
    except ParseError:
        assert any("\ud800" <= c <= "\udfff" for c in text)
        return
    thread = reading.thread
    assert reading.inferred == {c.id for c in thread if c.parent_id is not None}
    assert all(parse(text, heads=True).thread)


@given(token_texts | line_texts)
@settings(max_examples=settings().max_examples * 3)
def test_every_line_is_somewhere(text):
    found = told(text)
    count = parse(text).thread.article
    for line in visible(text):
        bare = line.lstrip("0123456789.•*- \t").strip(string.whitespace + "\u00a0")
        if line in ("Comments", "1 Comment") or line == f"{count and count.comment_count} Comments":
            continue
        if line == "By Nora Field":
            assert "Nora Field" in found
        else:
            assert bare in found, line


@given(any_texts)
def test_positions_are_the_ids(text):
    try:
        thread = parse(text).thread
    except ParseError:
        return
    for parent in (None, *thread):
        prefix = "" if parent is None else f"{parent.id}."
        assert [c.id for c in thread.replies(parent)] == [
            f"{prefix}{n}" for n in range(1, len(thread.replies(parent)) + 1)
        ]


@given(token_texts | line_texts)
def test_line_ends_and_a_byte_order_mark_change_nothing(text):
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    assert parse(text.replace("\n", "\r\n")).thread == parse(text).thread
    assert parse("\ufeff" + text).thread == parse(text).thread


# --- what is held comes back -----------------------------------------------------------------

words = st.text(st.sampled_from(string.ascii_letters + "äßçñжя你,'@"), min_size=1, max_size=8)
lines = st.lists(words, min_size=1, max_size=6).map(" ".join)
bodies = st.lists(
    st.lists(lines, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=3
).map("\n\n".join)
names = st.sampled_from(["Nora Field", "Émile Zorn", "Bo Li"])
authors = st.builds(Author, names) | names.flatmap(
    lambda name: st.builds(Author, st.just(name), bio=lines.map(lambda x: f"{name} is {x * 9}."))
)
articles = st.none() | st.builds(
    Article,
    st.none() | lines,
    text=st.none() | bodies.map(lambda body: f"It began so. {body}."),
    captions=st.lists(lines.map(lambda line: f"{line} (Photo: N. Field)"), max_size=2),
    authors=st.lists(authors, max_size=1),
    comment_count=st.none() | st.integers(0, 10**6),
)


@st.composite
def threads(draw):
    """Threads with ids by position, of texts that are mostly plain."""
    texts = draw(st.lists(bodies | st.just("") | st.just("Pingback: x"), max_size=12))
    comments = []
    replies = {None: 0}
    for text in texts:
        parent = draw(st.sampled_from(list(replies)))
        replies[parent] += 1
        id = f"{parent}.{replies[parent]}" if parent else str(replies[parent])
        replies[id] = 0
        tags = {"pingback"} if text.startswith("Pingback:") else ()
        comments.append(Comment(id, parent, text=text, tags=tags))
    return Thread(draw(articles), comments, source=SOURCE, meta={"ids": "position"})


@given(threads())
@settings(max_examples=settings().max_examples * 3)
def test_what_is_held_comes_back(thread):
    if not holds(thread):
        assert parse(serialize(thread)).thread == thread


@given(articles, lines)
def test_a_page_written_without_comments_is_not_in_doubt(article, title):
    source, meta = SOURCE, {"ids": "position"}
    for thread in (Thread(article, source=source, meta=meta), Thread(source=source, meta=meta)):
        if not holds(thread) and not (article and article.comment_count):
            assert parse(serialize(thread)).problems == ()
    titled = Thread(Article(f"A {title}"), source=source, meta=meta)
    assert parse(serialize(titled)).problems == ()


@given(any_texts)
def test_a_page_without_comments_says_so_or_is_told(text):
    try:
        reading = parse(text)
    except ParseError:
        return
    told_so = any(problem.kind == "no-comments" for problem in reading.problems)
    assert not (told_so and len(reading.thread))
    if not told_so and not len(reading.thread):
        article = reading.thread.article
        # A heading of comments with nothing below it says so too.
        has_heading = find_comments(census(text)).heading is not None
        assert (article and article.comment_count == 0) or has_heading


@given(st.lists(bodies, min_size=1, max_size=5), lines)
def test_plain_threads_are_held(texts, title):
    comments = [Comment(str(n), text=text) for n, text in enumerate(texts, 1)]
    thread = Thread(None, comments, source=SOURCE, meta={"ids": "position"})
    assert holds(thread) == ()


@given(any_texts)
def test_what_was_read_and_is_held_comes_back(text):
    try:
        thread = parse(text).thread
    except ParseError:
        return
    if not holds(thread):
        assert parse(serialize(thread)).thread == thread


@given(threads())
def test_a_shape_comes_back_whatever_the_texts_are(thread):
    again = parse(serialize(thread)).thread
    if thread.comments:
        assert [c.id for c in again] == [c.id for c in thread]


@given(threads(), names)
def test_heads_are_written_on_request(thread, name):
    comments = [Comment(c.id, c.parent_id, Author(name), c.text or "x") for c in thread]
    named = Thread(None, comments)
    again = parse(serialize(named, heads=True), heads=True).thread
    assert [(c.id, c.author, c.text) for c in again] == [
        (c.id, Author(name), c.text) for c in named
    ]
