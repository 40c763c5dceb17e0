"""Quotations: what is marked as one, what is found in a source, and which source it is."""

import datetime as dt
import unicodedata

import pytest

from discourse import Article, Comment, FieldError, Status, Thread
from discourse.links import quotes

SAID = "the ferry leaves from the northern pier at half past nine"
ELSE = "nobody told the passengers about any of these changes beforehand"


def found(source, quoting, **fields):
    """The quotes of one comment that answers another."""
    thread = Thread(None, [Comment("1", text=source), Comment("2", "1", text=quoting, **fields)])
    return thread, quotes(thread)


def shown(thread, quote):
    """The passage, and the place in its source, as they are stored."""
    source = thread.article if quote.source_id is None else thread[quote.source_id]
    passage = thread[quote.comment_id].text[slice(*quote.span)]
    return passage, getattr(source, quote.source_field)[slice(*quote.source_span)]


@pytest.mark.parametrize(
    "marks",
    ["“{}”", '"{}"', "„{}“", "„{}”", "«{}»", "« {} »", "»{}«", "‹{}›", "›{}‹", "「{}」", "『{}』",
     "‘{}’", "‚{}‘", "'{}'", "”{}”", "＂{}＂", "“{}"[:-2] + "{}”"],
)  # fmt: skip
def test_a_passage_in_any_quotation_marks_is_found_in_the_parent(marks):
    thread, (quote,) = found(f"Well, {SAID}!", f"You say {marks.format(SAID)}, and why?")
    assert shown(thread, quote) == (SAID, SAID)
    assert (quote.comment_id, quote.source_id, quote.score, quote.kind) == ("2", "1", 1.0, "marks")


@pytest.mark.parametrize(
    ("text", "text_format"),
    [
        (f"> {SAID}\n\nReally?", "text"),
        (f"> {SAID}\n\nReally?", "markdown"),
        (f"&gt; {SAID}\n\nReally?", "markdown"),
        (f"Hm.\n>> {SAID}\nReally?", "text"),
        (f"<blockquote><p>{SAID}</p></blockquote><p>Really?</p>", "html"),
        (f"<p>As in <q>{SAID}</q></p>", "html"),
        (f"[quote=Ada]{SAID}[/quote] Really?", "bbcode"),
    ],
)
def test_a_quoted_block_is_found_in_the_parent(text, text_format):
    thread, (quote,) = found(f"{SAID}. {ELSE}", text, text_format=text_format)
    assert shown(thread, quote) == (SAID, SAID)
    assert quote.kind == "block"


def test_lines_of_a_block_are_one_passage_and_paragraphs_count_where_the_whole_does_not():
    one, two = SAID.split(" pier ")
    thread, (quote,) = found(f"{SAID} {ELSE}", f"> {one}\n> pier {two}\n\nno")
    assert shown(thread, quote) == (f"{one}\n> pier {two}", SAID)
    thread, two_quotes = found(
        f"{SAID}. And {'so on and on ' * 30}. {ELSE}.", f"> {SAID}\n>\n> {ELSE}\n\nno"
    )
    assert [shown(thread, quote)[1] for quote in two_quotes] == [SAID, ELSE]


@pytest.mark.parametrize(
    "written",
    [
        SAID.upper(),
        SAID.replace(" ", "\u00a0"),
        SAID.replace(" the ", " – the… "),
        SAID.replace("northern", "no\u0308rthern"),
        f"…{SAID}…",
        SAID.replace(" ", "\n"),
        SAID.replace("pier", "pier"),
    ],
)
def test_case_marks_dashes_ellipses_spaces_and_accents_make_no_difference(written):
    _, (quote,) = found(f"Now {SAID}.", f"“{written}”?")
    assert quote.score == 1.0


@pytest.mark.parametrize(
    "written",
    [
        SAID.replace("northern", "southern"),
        SAID.replace("northern ", ""),
        SAID.replace("northern", "old and northern"),
        SAID.replace("half past nine", "half past ten"),
        SAID.replace("the ferry", "a boat"),
    ],
)
def test_small_edits_lower_the_score_and_are_told_where_the_source_stands(written):
    thread, (quote,) = found(f"Now {SAID}.", f"“{written}”?")
    assert 0.75 <= quote.score < 1
    assert shown(thread, quote)[1] in SAID


def test_what_an_ellipsis_leaves_out_does_not_count():
    thread, (quote,) = found(
        f"{SAID} {'and so on ' * 20} {ELSE}", f"“{SAID} […] {ELSE}”".replace("[…]", "[...]")
    )
    assert quote.score == 1.0
    assert shown(thread, quote)[1] == thread["1"].text


def test_what_is_too_different_is_not_found():
    assert found(SAID, "“the ferry never leaves at all and they know it”")[1] == ()
    assert (
        quotes(Thread(None, [Comment("1", text=SAID), Comment("2", "1", text=f"“{ELSE}”")])) == ()
    )


def test_a_lower_bound_can_be_asked_for():
    thread, _ = found(f"Now {SAID}.", f"“{SAID.replace('northern', 'southern')}”")
    assert quotes(thread, least=0.95) == ()
    for least in (0, 1.5, "a"):
        with pytest.raises(FieldError, match="least"):
            quotes(thread, least=least)


def test_the_article_is_the_original_where_a_comment_says_the_same():
    thread = Thread(
        Article("Title", text=f"Today {SAID}."),
        [Comment("1", text=f"So {SAID}."), Comment("2", "1", text=f"“{SAID}”")],
    )
    assert [quote.source_id for quote in quotes(thread)] == [None]


def test_the_title_of_the_article_can_be_quoted():
    thread = Thread(Article(SAID.title()), [Comment("1", text=f"“{SAID}”, they write")])
    (quote,) = quotes(thread)
    assert (quote.source_id, quote.source_field) == (None, "title")
    assert shown(thread, quote)[1] == SAID.title()


def test_parent_comes_before_ancestors_and_ancestors_before_other_comments():
    said = [
        Comment("0", text=SAID),
        Comment("1", text=SAID), Comment("2", "1", text=SAID), Comment("3", "2", text=SAID),
        Comment("4", "3", text="hm"),
        Comment("5", "4", text=f"“{SAID}”"),
    ]  # fmt: skip
    assert quotes(Thread(None, said))[0].source_id == "3"
    said[3] = Comment("3", "2", text="no")
    assert quotes(Thread(None, said))[0].source_id == "2"
    said[2] = Comment("2", "1", text="no")
    assert quotes(Thread(None, said))[0].source_id == "1"
    said[1] = Comment("1", text="no")
    assert quotes(Thread(None, said))[0].source_id == "0"


def test_the_better_match_wins_over_the_nearer_one():
    other = SAID.replace("northern", "southern").replace("nine", "ten")
    thread = Thread(None, [
        Comment("1", text=SAID), Comment("2", "1", text=other), Comment("3", "2", text=f"“{SAID}”"),
    ])  # fmt: skip
    assert quotes(thread)[0].source_id == "1"


def test_who_says_it_comes_before_who_quotes_it():
    thread = Thread(None, [
        Comment("1", text=SAID), Comment("2", "1", text=f"“{SAID}”?"),
        Comment("3", "2", text=f"> {SAID}\n\nyes"),
    ])  # fmt: skip
    assert [(q.comment_id, q.source_id) for q in quotes(thread)] == [("2", "1"), ("3", "1")]


def test_a_quotation_from_elsewhere_is_found_in_who_quoted_it_first():
    thread = Thread(None, [
        Comment("1", text=f"The timetable says “{SAID}”."), Comment("2", "1", text=f"“{SAID}”?"),
    ])  # fmt: skip
    assert [(q.comment_id, q.source_id) for q in quotes(thread)] == [("2", "1")]


def test_a_comment_does_not_quote_itself_nor_what_comes_later():
    assert quotes(Thread(None, [Comment("1", text=f"{SAID}. Again: “{SAID}”")])) == ()
    assert quotes(Thread(None, [Comment("1", text=f"“{SAID}”"), Comment("2", text=SAID)])) == ()


def test_times_say_what_is_earlier_where_they_are_known():
    at = [dt.datetime(2024, 5, day, tzinfo=dt.UTC) for day in (1, 2)]
    thread = Thread(None, [
        Comment("1", text=f"“{SAID}”", created_at=at[1]), Comment("2", text=SAID, created_at=at[0]),
    ])  # fmt: skip
    assert [q.source_id for q in quotes(thread)] == ["2"]
    thread = Thread(None, [
        Comment("1", text=SAID, created_at=at[1]), Comment("2", text=f"“{SAID}”", created_at=at[0]),
    ])  # fmt: skip
    assert quotes(thread) == ()


@pytest.mark.parametrize("scare", ["peace", "prime minister", "so they say", "of the", "a b c d"])
def test_scare_quotes_are_no_quotations(scare):
    thread = Thread(
        Article("T", text=f"The prime minister spoke of peace, so they say, of the sea. {scare}"),
        [Comment("1", text=f"peace, so they say the prime minister of the a b c d {scare}"),
         Comment("2", text=f"So much for “{scare}”.")],
    )  # fmt: skip
    assert quotes(thread) == ()


def test_a_short_passage_is_one_where_nobody_else_uses_its_words():
    thread = Thread(
        Article("T", text="He called it a quadruple flabbergast, no less."),
        [Comment("1", text="no less"), Comment("2", text="A “quadruple flabbergast”!")],
    )
    assert [quote.source_id for quote in quotes(thread)] == [None]


def test_a_short_passage_with_a_change_must_be_nobody_elses():
    once = Thread(None, [
        Comment("1", text="Ada did everything she could."),
        Comment("2", "1", text="“who did everything she could”, ha"),
    ])  # fmt: skip
    assert [round(quote.score, 2) for quote in quotes(once)] == [0.89]
    often = Thread(None, [*once, Comment("3", text="Bo did everything she could.")])
    assert quotes(often) == ()


def test_apostrophes_are_no_quotation_marks():
    text = f"the dogs’ bone isn’t here, ’twas in ’89 that ‘the dogs’ bone of {SAID}’ was lost"
    thread, (quote,) = found(f"the dogs' bone of {SAID}", text)
    assert shown(thread, quote)[0] == f"the dogs’ bone of {SAID}"


def test_of_passages_inside_each_other_the_widest_counts():
    thread, (quote,) = found(f"He said {SAID} and {ELSE}", f"> He said “{SAID}” and {ELSE}")
    assert quote.kind == "block"
    assert shown(thread, quote)[1] == f"He said {SAID} and {ELSE}"
    thread, (quote,) = found(SAID, f"> I never said “{SAID}”, {ELSE} {ELSE}")
    assert quote.kind == "marks"


def test_spans_of_html_refer_to_the_stored_text_and_matching_skips_tags():
    stored = (
        "<p>Now <b>the ferry</b> leaves from the&nbsp;northern <i>pier</i> at half past nine.</p>"
    )
    thread = Thread(None, [
        Comment("1", text=stored, text_format="html"),
        Comment("2", "1", text="<p>&ldquo;The ferry leaves <!-- ! -->from the northern pier at half "
                               "past nine&rdquo; &amp; so on</p>", text_format="html"),
    ])  # fmt: skip
    (quote,) = quotes(thread)
    assert shown(thread, quote) == (
        "The ferry leaves <!-- ! -->from the northern pier at half past nine",
        "the ferry</b> leaves from the&nbsp;northern <i>pier</i> at half past nine",
    )
    assert quote.score == 1.0


@pytest.mark.parametrize(
    "said",
    [
        "昨日の会議では新しい橋の建設について誰も話しませんでした",
        "мост будет закрыт для всех автомобилей до конца мая",
        "سيتم إغلاق الجسر أمام جميع المركبات حتى نهاية شهر مايو",
        "पुल मई के अंत तक सभी वाहनों के लिए बंद रहेगा ऐसा कहा गया",
        "สะพานจะปิดให้รถทุกคันจนถึงสิ้นเดือนพฤษภาคม",
        "η γέφυρα θα είναι κλειστή για όλα τα οχήματα μέχρι τα τέλη Μαΐου",
    ],
)
def test_any_script_can_be_quoted(said):
    thread, (quote,) = found(f"…{said}…", f"「{said}」?")
    assert shown(thread, quote) == (said, said)


@pytest.mark.parametrize(
    "said", ["우리는 그 다리를 지난 주에 다시 건넜다", "ペドロがバスでギターをひいた"]
)
def test_letters_in_pieces_are_the_same_letters(said):
    pieces = unicodedata.normalize("NFD", said)
    for source, quoted in ((said, pieces), (pieces, said)):
        thread, (quote,) = found(f"…{source}…", f"「{quoted}」?")
        assert shown(thread, quote) == (quoted, source) and quote.score == 1.0


def test_comments_without_a_text_neither_quote_nor_are_quoted():
    thread = Thread(None, [
        Comment("1", status=Status.MISSING), Comment("2", "1", text=f"“{SAID}”"),
        Comment("3", "2", text=""), Comment("4", "3", text="“”"), Comment("5", "4", text=">"),
    ])  # fmt: skip
    assert quotes(thread) == ()
    assert quotes(Thread()) == ()


def test_chains_and_fans_of_quotations_are_ordinary():
    for answers in (lambda n: n - 1, lambda _: 0):
        comments = [
            Comment(str(n), str(answers(n)) if n else None, text=f"> {SAID} {n - 1}\n\n{SAID} {n}")
            for n in range(500)
        ]
        got = quotes(Thread(None, comments))
        assert len(got) == 499
        assert all(quote.score > 0.9 for quote in got)


@pytest.mark.parametrize("marks", ["“", "„ “", '"a', "‘", "> ", "<blockquote>", "«»", "’", "… "])
def test_marks_that_never_end_are_read_once(marks):
    many = marks * 20_000 + SAID
    thread = Thread(None, [
        Comment("1", text=SAID), Comment("2", "1", text=many),
        Comment("3", "2", text=many, text_format="html"),
    ])  # fmt: skip
    assert len(quotes(thread)) <= 4
