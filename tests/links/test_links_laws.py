"""Laws that hold for all links of all threads, and the ways texts are taken apart."""

import itertools
import re

from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Comment, TextFormat, Thread
from discourse._prose import WORD, Names, Tokens, fold, visible, words
from discourse.links import mentions, quotes
from discourse.links._passages import passages
from discourse.strategies import comments, deep_threads, texts, threads

MARKED = st.lists(
    st.sampled_from(["“", "”", '"', "'", "‘", "’", "„", "«", "»", "> ", "\n", "@", "…", "<q>", "</q>",
                     "<blockquote>", "</blockquote>", "&gt;", "&quot;", "<!--", "-->", "<b", ">",
                     "[quote]", "[/quote]", "a", " b ", "Ada", ", ", ":", "u/"]) | texts(max_size=4),
    max_size=25,
).map("".join)  # fmt: skip
TALK = threads(
    complete=False,
    max_size=8,
    comments=comments(id=st.just("-"), text=MARKED, text_format=st.sampled_from(TextFormat)),
)


@given(TALK)
def test_links_are_of_comments_that_are_there_and_spans_lie_within_their_texts(thread):
    for quote in quotes(thread):
        assert quote.source_id != quote.comment_id
        text = thread[quote.comment_id].text
        source = thread.article if quote.source_id is None else thread[quote.source_id]
        assert 0 <= quote.span[0] < quote.span[1] <= len(text)
        assert (
            0
            <= quote.source_span[0]
            < quote.source_span[1]
            <= len(getattr(source, quote.source_field))
        )
        assert 0.75 <= quote.score <= 1
    for mention in mentions(thread):
        comment = thread[mention.comment_id]
        start, end = mention.span
        assert 0 <= start < end <= len(comment.text)
        if comment.text_format is not TextFormat.HTML:
            assert comment.text[start:end] == mention.name
        assert all(id in thread for id in mention.target_ids)
        assert mention.author is not None or mention.target_ids == ()
        assert all(thread[id].author.key == mention.author.key for id in mention.target_ids)


@given(TALK)
def test_links_are_the_same_each_time(thread):
    assert quotes(thread) == quotes(Thread(thread.article, thread.comments))
    assert mentions(thread) == mentions(Thread(thread.article, thread.comments))


@given(deep_threads())
def test_deep_and_wide_threads_of_bare_comments_have_no_links(thread):
    assert quotes(thread) == mentions(thread) == ()


@given(MARKED, st.sampled_from(TextFormat))
@example("<b>Ada</b>&amp;<br>x", TextFormat.HTML)
def test_each_visible_character_is_stored_where_it_says(text, text_format):
    seen = visible(text, text_format)
    for at in range(len(seen.text)):
        start, end = seen.span(at, at + 1)
        stored = text[start:end]
        assert stored == seen.text[at] or (text_format is TextFormat.HTML and stored[:1] in "<&")
    starts = [seen.span(at, at + 1)[0] for at in range(len(seen.text))]
    assert starts == sorted(starts)
    parts = seen.parts(0, len(seen.text))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(parts))


@given(MARKED, st.sampled_from(TextFormat))
def test_passages_lie_within_the_text_and_are_trimmed(text, text_format):
    seen = visible(text, text_format)
    for passage in passages(seen, text_format):
        inside = seen.text[passage.start : passage.end]
        assert inside and inside == inside.strip()


@given(texts(max_size=60))
def test_words_stand_where_their_pattern_finds_them(text):
    assert len(words(text)) == len(WORD.findall(text))
    assert len(Tokens(text).same) == len(Tokens(text).spans)
    for start, end in Tokens(text).spans:
        assert text[start:end].strip()


@given(texts(max_size=10))
def test_folding_twice_changes_nothing(word):
    assert fold(fold(word)) == fold(word)


@given(st.lists(texts(min_size=1, max_size=6), max_size=6))
def test_every_name_is_found_by_itself(listed):
    names = Names((name, n) for n, name in enumerate(listed))
    for n, name in enumerate(listed):
        if Tokens(name).same:
            assert n in names.get(name).values


def test_unclosed_markup_is_read_once_and_to_the_end():
    for opening in ("<!--", "<script>", "<", "<a", "&", "&#", "<b <", "<!--<script>"):
        many = opening * 50_000
        assert len(visible(many, TextFormat.HTML).text) <= len(many)
    assert visible("a<!-- b", TextFormat.HTML).text == "a"
    assert visible("a < b & c", TextFormat.HTML).text == "a < b & c"
    assert re.sub(r"\s+", " ", visible("<p>a</p>b<br>c", TextFormat.HTML).text) == " a b c"


def test_one_comment_alone_has_no_links():
    thread = Thread(None, [Comment("1", text="“a b c d e f g h i j” @")])
    assert quotes(thread) == mentions(thread) == ()
