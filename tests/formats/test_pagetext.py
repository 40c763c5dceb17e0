"""Page text, case by case: a list of comments, and all that stands at the same indentation."""

import json
import re
from contextlib import suppress
from textwrap import dedent

import attrs
import pytest

import discourse
from discourse import Article, Author, Comment, Thread
from discourse.errors import DiscourseError, ParseError
from discourse.formats import pagetext
from discourse.formats._base import Reading
from discourse.formats._heads import Head

PAGE = """\
A bridge for the mill

The new bridge as the architect sees it (Mill Archive, May 3)

The town will build a bridge over the mill stream.

It will be open to carts and to people on foot.

Nora Field

Nora Field

Nora Field writes about towns, streams and what crosses them for the valley paper.


  1. At last! My steps to be taken now:

    1. Ask the miller;
    2. Ask the miller's daughter;

    Then build.

    • Who pays?
      You?

    • I would.

      Gladly.

  2. I crossed there as a child.
    1. by boat
    2. by ice
    2. by boat again

    All true.

  3. Never.

    • Why not?

      • He never says.

    • Agreed.
"""


def parse(text: str, *, heads: bool = False) -> Reading:
    return pagetext.parse(dedent(text), heads=heads)


def ids(reading: Reading) -> list[str]:
    return [comment.id for comment in reading.thread]


def texts(reading: Reading) -> dict[str, str | None]:
    return {comment.id: comment.text for comment in reading.thread}


def kinds(reading: Reading) -> list[str]:
    return [problem.kind for problem in reading.problems]


def test_a_whole_page_is_read_into_its_parts() -> None:
    reading = parse(PAGE)
    article = reading.thread.article
    assert article is not None
    assert article.title == "A bridge for the mill"
    assert article.captions == ("The new bridge as the architect sees it (Mill Archive, May 3)",)
    assert article.text is not None
    assert article.text.startswith("The town will") and article.text.endswith("on foot.")
    assert [author.name for author in article.authors] == ["Nora Field"]
    assert article.authors[0].bio is not None
    assert ids(reading) == ["1", "1.1", "1.2", "2", "3", "3.1", "3.1.1", "3.2"]
    assert reading.problems == ()
    assert reading.inferred == {"1.1", "1.2", "3.1", "3.1.1", "3.2"}


def test_the_source_says_that_ids_are_positions() -> None:
    thread = parse(PAGE).thread
    assert thread.source is not None
    assert thread.source.format == "pagetext"
    assert thread.meta["ids"] == "position"


def test_a_line_break_is_one_newline_and_a_paragraph_two() -> None:
    found = texts(parse(PAGE))
    assert found["1.1"] == "Who pays?\nYou?"
    assert found["1.2"] == "I would.\n\nGladly."


def test_lists_that_a_commenter_wrote_stay_in_the_text() -> None:
    found = texts(parse(PAGE))
    assert found["1"] == (
        "At last! My steps to be taken now:\n\n"
        "1. Ask the miller;\n2. Ask the miller's daughter;\n\nThen build."
    )
    assert found["2"] == (
        "I crossed there as a child.\n1. by boat\n2. by ice\n2. by boat again\n\nAll true."
    )


def test_a_tight_list_at_the_end_of_a_comment_is_text() -> None:
    reading = parse("""\
        T

        2 Comments

          1. I need

            • milk
            • eggs

          2. You do.
        """)
    assert texts(reading) == {"1": "I need\n\n• milk\n• eggs", "2": "You do."}


def test_replies_may_follow_a_reply_link_without_a_blank_line() -> None:
    reading = parse("""\
        T

        3 comments

          1. First of all, thanks.

            Reply
            • Second.

              Reply

          2. Third.

            Reply
        """)
    assert texts(reading) == {"1": "First of all, thanks.", "1.1": "Second.", "2": "Third."}
    assert all(comment.meta["labels"] == ("Reply",) for comment in reading.thread)
    assert reading.problems == ()


def test_a_page_that_numbers_its_replies() -> None:
    reading = parse("""\
        T

        4 Ergänzungen

          1. Eins.

            1. Zwei.

              1. Drei.

            2. Vier.
        """)
    assert ids(reading) == ["1", "1.1", "1.1.1", "1.2"]


def test_a_list_of_the_other_style_than_replies_have_is_text() -> None:
    reading = parse("""\
        T

        4 Comments

          1. One.

            • Reply to one.

            • Another.

          2. My points are

            1. this

            2. that
        """)
    assert ids(reading) == ["1", "1.1", "1.2", "2"]
    assert texts(reading)["2"] == "My points are\n\n1. this\n\n2. that"


def test_a_doubtful_list_is_taken_for_replies_and_told() -> None:
    reading = parse("""\
        T

        3 Comments

          1. One.

            • A reply.

          2. What I want:

            • peace
        """)
    assert ids(reading) == ["1", "1.1", "2", "2.1"]
    assert kinds(reading) == ["ambiguous-list", "count-differs"]
    assert reading.problems[0].ids == ("2.1",)


def test_items_without_paragraphs_have_no_blank_lines_and_are_comments_under_a_heading() -> None:
    reading = parse("""\
        T

        Some text.

        4 comments

          1. one
            • two
              • three
          2. four
        """)
    assert ids(reading) == ["1", "1.1", "1.1.1", "2"]


def test_printed_numbers_are_not_ids_and_gaps_are_told() -> None:
    reading = parse("""\
        T

        8 Comments

          2. Two is what I saw.

          7. Seven.

            3. Reply.

          8. Eight.
        """)
    assert ids(reading) == ["1", "2", "2.1", "3"]
    gap, differs = reading.problems
    assert (gap.kind, gap.ids, gap.values) == ("gap", ("1", "2", "2.1"), ("1", "3-6", "1-2"))
    assert differs.kind == "count-differs"


def test_replies_without_their_comment_are_top_level_and_told() -> None:
    reading = parse("""\
        T

        2 Comments

            • To whom do I speak?

          1. Me.
        """)
    assert [(c.id, c.parent_id) for c in reading.thread] == [("1", None), ("2", None)]
    assert kinds(reading) == ["orphan-reply"]


def test_a_level_left_out_is_told() -> None:
    reading = parse("""\
        T

        2 Comments

          1. Me.

              • You.
        """)
    assert [(c.id, c.parent_id) for c in reading.thread] == [("1", None), ("1.1", "1")]
    assert kinds(reading) == ["missing-level"]


def test_indented_text_before_the_first_number_is_a_comment_that_lost_its_own() -> None:
    reading = parse("""\
        T

        2 Comments:

            See here for pictures.

            Ann

          2. Thanks, I will.
        """)
    assert texts(reading) == {"1": "See here for pictures.\n\nAnn", "2": "Thanks, I will."}
    assert kinds(reading) == ["lost-marker"]


def test_preformatted_text_may_lose_its_indentation() -> None:
    reading = parse("""\
        T

        2 Comments

          1. I ran

            for x in y:
          print(x)
        done

          2. And it works?
        """)
    assert texts(reading)["1"] == "I ran\n\nfor x in y:\nprint(x)\ndone"
    assert ids(reading) == ["1", "2"]


def test_pings_are_comments_with_a_tag() -> None:
    reading = parse("""\
        T

        2 Comments

          1. I like it.

          2. Pingback: Another page about mills
        """)
    assert [comment.tags for comment in reading.thread] == [frozenset(), {"pingback"}]


def test_furniture_is_kept_word_for_word() -> None:
    reading = parse("""\
        T

        Ein Satz.

        2 Kommentare

          1. Schön!

            Antworten

          2. Ja.

            Antworten

        Schreibe einen Kommentar

        Deine E-Mail-Adresse wird nicht veröffentlicht.

        *
        """)
    assert reading.thread.meta["furniture"] == {
        "before": ("2 Kommentare",),
        "after": (
            "Schreibe einen Kommentar",
            "Deine E-Mail-Adresse wird nicht veröffentlicht.",
            "*",
        ),
    }
    assert reading.problems == ()
    assert reading.thread.article is not None
    assert reading.thread.article.comment_count == 2


def test_text_below_the_comments_that_is_no_furniture_is_told_whole() -> None:
    reading = parse("""\
        T

        1 Comment

          1. I agree.

        Our sponsors sell boats.

        And oars.
        """)
    assert kinds(reading) == ["text-after-comments"]
    assert reading.problems[0].values == ("Our sponsors sell boats.", "And oars.")
    assert reading.problems[0].place is not None
    assert reading.problems[0].place.line == 7


def test_a_list_inside_an_outer_list_is_found_by_its_heading() -> None:
    reading = parse("""\
        T

          • Name: a mill

          • Place: a stream

            The text goes on.

            Comments (2)

            1. I was there.

              Nice.

            2. You were.

            Leave a reply
        """)
    assert texts(reading) == {"1": "I was there.\n\nNice.", "2": "You were."}


def test_the_heading_quotes_the_title() -> None:
    reading = parse("""\
        By the way

        How mills work

        A wheel turns.

        1 thought on “How mills work”

          1. I see.
        """)
    assert reading.thread.article is not None
    assert reading.thread.article.title == "How mills work"
    assert reading.thread.article.text == "By the way\n\nA wheel turns."


@pytest.mark.parametrize(
    "text",
    [
        "Ten ways\n\nText.\n\n  1. Walk.\n\n  2. Run.\n\n  3. Swim.\n",
        "Soup\n\nIngredients\n\n  • leek\n  • salt\n\nInstructions\n\n  1. Cut.\n\n  2. Boil.\n",
        "T\n\nText.\n\nRelated posts\n\n  • My mill\n\n  • Your mill\n",
        "T\n\nYou need these:\n\n  1. A wheel\n\n    • round\n\n  2. A stream\n",
        "T\n\n  • Home\n  • About\n  • Contact\n\nText is here.\n",
        "T\n\n12 Comments\n\n"
        + "The text of the article is long. " * 9
        + "\n\n  • a\n  • b\n\nEnd.\n",
        "T\n\nA sentence.\n\nLeave a Reply\n\nYour email address will not be published.\n",
        "Just a line.",
        "",
        "\n\n \u00a0\n",
    ],
)
def test_pages_without_comments_give_none(text: str) -> None:
    reading = pagetext.parse(text)
    assert len(reading.thread) == 0
    assert "count-differs" not in kinds(reading) or "12" in text


def test_a_list_of_steps_is_not_taken_for_the_comments_below_it() -> None:
    reading = parse("""\
        Soup

        Instructions

          1. Cut the leek.

          2. Boil it.

        Enjoy.

        2 Comments

          1. I loved it!

          2. My leek was off.

        Leave a Reply
        """)
    assert list(texts(reading).values()) == ["I loved it!", "My leek was off."]
    assert reading.thread.article is not None
    assert reading.thread.article.text is not None
    assert "  1. Cut the leek." in reading.thread.article.text


def test_only_comments_and_no_article() -> None:
    reading = parse("""\
          1. I came for the article.

            • Me too, and it is gone.
        """)
    assert ids(reading) == []  # dedented, nothing is indented but the reply
    reading = pagetext.parse("  1. I came for it.\n\n    • Me too.\n")
    assert reading.thread.article is None
    assert ids(reading) == ["1", "1.1"]


def test_comments_without_a_list_are_told() -> None:
    reading = parse("""\
        T

        Some text.

        2 Comments

        Ann

        May 3, 2020 at 10:15 am

        I like it.

        Comments are closed.
        """)
    assert ids(reading) == []
    assert kinds(reading) == ["maybe-comments", "count-differs", "no-comments"]
    assert "I like it." in reading.problems[0].values
    assert reading.thread.article is not None
    assert reading.thread.article.text == "Some text."


def test_posts_with_dates_and_no_list_are_told() -> None:
    posts = "".join(f"Ann\n\n1{i}.05.2020, 10:1{i} Quote\n\nText {i}.\n\n" for i in range(4))
    reading = pagetext.parse("T\n\nSome text.\n\n" + posts)
    assert kinds(reading) == ["maybe-comments", "no-comments"]


@pytest.mark.parametrize(
    "text",
    [
        "id,text\n1,At last!\n2,Who pays?\n",
        "# A bridge\n\nThe town [will](x) build one.\n\n* wood\n* stone\n",
        "root:x:0:0::/root:/bin/sh\nmail:x:8:8::/var/mail:/bin/false\n",
        "A bridge\n\nIt opens in May.\n\nAt last! I have waited.\n\nWho pays for it?\n",
        "A bridge\n\nIt opens in May.\n\nComments\n\nAt last! I have waited.\n",
        "",
        " \n",
    ],
    ids=["csv", "markdown", "passwd", "lost-list", "lost-list-below-heading", "empty", "blank"],
)
def test_a_text_without_a_list_of_comments_is_told_as_one(text: str) -> None:
    reading = pagetext.parse(text)
    assert kinds(reading) == ["no-comments"]
    lines = len([line for line in text.split("\n") if line.strip()])
    assert f" {lines} lines; all of the text" in reading.problems[0].message
    assert " 1 line; all" in parse("A title").problems[0].message


def test_what_is_below_the_article_is_not_said_to_be_part_of_it() -> None:
    reading = pagetext.parse("T\n\n" + "A sentence.\n\n" * 6 + "Leave a Reply\n")
    assert kinds(reading) == ["no-comments"]
    assert "the text above line 15 was read" in reading.problems[0].message


@pytest.mark.parametrize("end", ["0 Comments", "No comments yet", "Comments", "Kommentare"])
def test_a_page_that_says_it_has_no_comments_is_believed(end: str) -> None:
    reading = pagetext.parse(f"A bridge\n\nIt opens in May.\n\n{end}\n")
    assert reading.problems == ()
    assert reading.thread.article is not None
    assert reading.thread.article.text == "It opens in May."


def test_a_heading_at_the_end_hides_neither_a_count_nor_comments_above_it() -> None:
    posts = "".join(f"Ann\n\n1{i}.05.2020, 10:1{i} Quote\n\nText {i}.\n\n" for i in range(4))
    reading = pagetext.parse("T\n\nSome text.\n\n" + posts + "Comments\n")
    assert kinds(reading) == ["maybe-comments"]
    reading = pagetext.parse("T\n\nSome text.\n\n12 Comments\n\nI like it.\n\nComments\n")
    assert kinds(reading) == ["maybe-comments", "count-differs", "no-comments"]
    reading = pagetext.parse("T\n\nSome text.\n\n12\n\nComments\n")
    assert kinds(reading) == ["count-differs", "maybe-comments", "no-comments"]


def test_a_claim_that_differs_is_told() -> None:
    reading = parse("""\
        T

        37 Comments

          1. I am alone.
        """)
    assert kinds(reading) == ["count-differs"]
    assert "37" in reading.problems[0].message


def test_heads_are_text_unless_asked_for() -> None:
    page = """\
        T

        2 Comments

          1. Ann says:

            May 3, 2020 at 10:15 am

            I like it.

          2. Bob sagt:
            Ich auch.
        """
    assert texts(parse(page))["1"] == "Ann says:\n\nMay 3, 2020 at 10:15 am\n\nI like it."
    first, second = parse(page, heads=True).thread.comments
    assert first.author is not None and first.author.name == "Ann"
    assert first.text == "I like it."
    assert first.meta == {"date": "May 3, 2020 at 10:15 am"}
    assert second.author is not None and second.author.name == "Bob"
    assert second.text == "Ich auch."
    assert second.meta == {"head": "Bob sagt:"}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("    ", "\t\t").replace("\n  ", "\n\t"),
        lambda text: text.replace("•", "*"),
        lambda text: text.replace("•", "-"),
        lambda text: "\n".join(line for line in text.split("\n") if line),
        lambda text: text.replace("\n\n", "\n \u00a0\n\n"),
    ],
    ids=["crlf", "cr", "bom", "tabs", "stars", "dashes", "no-blank-lines", "nbsp"],
)
def test_variants_of_a_page_have_the_same_tree(change) -> None:  # type: ignore[no-untyped-def]
    assert ids(pagetext.parse(change(PAGE))) == ids(parse(PAGE))


def test_without_indentation_the_tree_is_lost_and_that_is_told() -> None:
    reading = pagetext.parse("\n".join(line.strip() for line in PAGE.split("\n")))
    assert ids(reading) == [str(n) for n in range(1, 9)]
    assert kinds(reading) == ["tree-lost"]


def test_one_discussion_in_two_lists() -> None:
    reading = parse("""\
        T

        3 Comments

          1. I am first.

          2. I am second.

        Advertisement

          3. I am third.

        Trackbacks

          • Pingback: Elsewhere
        """)
    assert ids(reading) == ["1", "2", "3", "4"]
    assert reading.problems[0].values == ("Advertisement",)


def test_a_date_is_not_a_number_of_a_list() -> None:
    reading = parse("""\
        T

        2 Kommentare

          1. Ute

            19. Juni 2019 / 6:16

            Sehr schön.

            • Nora

              19. Juni 2019 / 7:16

              Danke!
        """)
    assert ids(reading) == ["1", "1.1"]


@pytest.mark.parametrize("mark", ["[Update]", "[2020]", "{Update}", "<3"])
def test_a_title_may_begin_as_code_does(mark: str) -> None:
    reading = discourse.parse(f"{mark} {PAGE}")
    assert reading.thread.article is not None
    assert reading.thread.article.title == f"{mark} A bridge for the mill"
    assert len(reading.thread) == 8
    assert discourse.parse(f"{mark} {PAGE}".encode()) == reading


@pytest.mark.parametrize("filler", ["[", "[ ", "{ ", "{a", "<", "[a", "[\n"])
def test_detection_of_what_begins_as_code_takes_linear_time(filler: str) -> None:
    pagetext.FORMAT.fits(Head(filler * 100_000))


def test_lone_surrogates_are_refused_with_a_place() -> None:
    with pytest.raises(ParseError) as caught:
        pagetext.parse("one\ntwo \ud800")
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_deep_and_wide_pages() -> None:
    deep = "".join(f"{'  ' * (i + 1)}1. x\n\n" for i in range(2_000))
    thread = pagetext.parse("T\n\n2 Comments\n\n" + deep).thread
    assert thread.depth(thread.comments[-1]) == 1_999
    wide = "".join(f"    • {i}\n\n" for i in range(20_000))
    assert len(pagetext.parse("T\n\n2 Comments\n\n  1. x\n\n" + wide).thread) == 20_001


@pytest.mark.parametrize("filler", ["x", " ", "(", "1", "• ", "a b ", "\u00a0", "“", "- "])
def test_one_very_long_line(filler: str) -> None:
    page = "T\n\n2 Comments\n\n  1. " + filler * 500_000
    assert len(pagetext.parse(page).thread) == 1
    pagetext.parse(filler * 500_000)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        (PAGE, True),
        ("Just a line.", True),
        ("<html><p>x</p></html>", False),
        ('{"a": 1}', False),
        (" \n[1]", False),
        ("[1]\n[2]\n", False),
        ("[", False),
        ("[[[", False),
        ("[ true, 1]", False),
        ("[-1.5]", False),
        ("[\n\n {}]", False),
        ("{", False),
        ("{a: 1}", False),
        ("{'a': 1}", False),
        ("<", False),
        ("<?xml?>", False),
        ("<!-- x -->", False),
        ("</p>", False),
        ("<élan/>", False),
        ("", False),
        ("[Update] " + PAGE, True),
        ("[2nd update] " + PAGE, True),
        ("[2020] " + PAGE, True),
        ("[…] " + PAGE, True),
        ("{Update} " + PAGE, True),
        ("<3 " + PAGE, True),
        ("<< " + PAGE, True),
    ],
)
def test_detection_is_cautious(text, fits):
    assert bool(pagetext.FORMAT.fits(Head(text))) is fits


def test_what_a_comment_counts_is_not_claimed_by_the_page() -> None:
    page = "A bridge\n\nComments\n\n  1. I saw - 24 comments\n\n    • Where? 30 comments\n"
    reading = pagetext.parse(page)
    assert reading.thread.article == Article("A bridge")
    assert [comment.text for comment in reading.thread] == [
        "I saw - 24 comments",
        "Where? 30 comments",
    ]
    assert reading.problems == ()
    counted = pagetext.parse("By Nora Field · 7 comments\n\n" + page)
    assert counted.thread.article is not None
    assert counted.thread.article.comment_count == 7


def test_a_title_that_only_the_heading_of_the_comments_has_is_not_left_out_in_silence() -> None:
    heading = "1 response to “A tale”"
    thread = Thread(
        Article(text="It began so.", comment_count=1),
        [Comment("1", text="Hm.")],
        source=pagetext.SOURCE,
        meta={"ids": "position", "furniture": {"before": [heading], "after": []}},
    )
    assert pagetext.holds(thread) != ()
    titled = attrs.evolve(thread, article=Article("A tale", text="It began so.", comment_count=1))
    assert pagetext.holds(titled) == ()
    assert pagetext.parse(pagetext.serialize(titled)).thread == titled


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_no_line_of_a_comment_leaves_its_place(end: str) -> None:
    text = f"Hm.{end}{end}Well."
    author = Author(f"Nora{end}{end}Field")
    thread = Thread(None, [Comment("1", None, author, text), Comment("2", None, author, "No.")])
    written = pagetext.serialize(thread, heads=True)
    assert written == (
        "Comments\n\n  1. Nora Field says:\n\n    Hm.\n\n    Well.\n\n"
        "  2. Nora Field says:\n\n    No.\n"
    )
    again = pagetext.parse(written, heads=True).thread
    assert [(c.author, c.text) for c in again] == [
        (Author("Nora Field"), "Hm.\n\nWell."),
        (Author("Nora Field"), "No."),
    ]


# --- texts that are cut, or lack a line ------------------------------------------------------


@pytest.mark.parametrize("end", ["    ", "\t", "  3.", "    \u2022", "    \u2022 ", "    No, I "])
def test_a_text_that_ends_inside_a_line_is_told(end: str) -> None:
    whole = "A bridge\n\nIt is old.\n\nComments\n\n  1. At last!\n\n  2. No.\n\n"
    (problem,) = pagetext.parse(whole + end).problems
    assert problem.kind == "truncated" and problem.place is not None
    for other in ("", "    No, I\n", "    No, I", "  3.\n", "    \n"):
        assert "truncated" not in kinds(pagetext.parse(whole + other))


TALK = """\
A bridge

It is old. The town will build a new one.

Comments

  1. At last! I waited for years.

    Reply

    \u2022 Who pays?

      Reply

      \u2022 You do, my friend.

        I know it.

        Reply

    \u2022 We all do.

      Reply

  2. No.

    Reply

Leave a Reply
"""


@pytest.mark.parametrize(
    "change", [lambda text: text, lambda text: re.sub(" +Reply\n\n", "", text)]
)
def test_no_line_can_be_taken_out_in_silence(change) -> None:  # type: ignore[no-untyped-def]
    """What is lost without a line is told, unless that line is all that a comment says."""
    text = change(TALK)
    whole = parse(text)
    assert len(whole.thread) == 5 and whole.problems == ()
    rows = text.split("\n")
    alone = {comment.text for comment in whole.thread}
    for at, row in enumerate(rows):
        reading = parse("\n".join(rows[:at] + rows[at + 1 :]))
        is_alone = row.strip().lstrip("\u202212. ") in alone
        assert reading.problems or len(reading.thread) == 5 or is_alone, row


# -- what other extractors write -------------------------------------------------------------------

STEPS = "  1. I see two ways{}\n\n    1. Take the bridge.\n\n    2. Take the boat.\n\n  2. Fine.\n"


@pytest.mark.parametrize("end", [":", ""])
def test_a_numbered_list_with_blank_lines_in_a_comment_is_no_reply(end):
    """A colon leads to it, or the page claims as many comments as there are without it."""
    reading = parse(f"A tale\n\nThe town.\n\n2 Comments\n\n{STEPS.format(end)}")
    assert [c.id for c in reading.thread] == ["1", "2"]
    assert reading.thread["1"].text == (
        f"I see two ways{end}\n\n1. Take the bridge.\n\n2. Take the boat."
    )
    assert [p.kind for p in reading.problems] == ["ambiguous-list"]


def test_a_reply_with_a_bullet_stays_one_whatever_the_page_claims():
    reading = parse("A tale\n\nThe town.\n\n1 Comment\n\n  1. Hm.\n\n    • Yes.\n")
    assert [c.id for c in reading.thread] == ["1", "1.1"]


def test_lists_of_html2text_keep_their_paragraphs():
    link = "[ 3\\. Mai 2020 ](https://a.example/mill/#comment-{})"
    text = f"""# A mill

The town has a mill.

####  3 Comments

  1. **Ann** says:

{link.format(7)}

Who pays?

The town?

Reply

     * **Bo** says:

{link.format(8)}

We all do.

  2. **Cy** says:

{link.format(9)}

Fine.

### Leave a Reply
"""
    reading = parse(text)
    assert [(c.id, c.parent_id) for c in reading.thread] == [("1", None), ("1.1", "1"), ("2", None)]
    assert "Who pays?\n\nThe town?" in reading.thread["1"].text
    assert reading.thread["1"].meta["labels"] == ("Reply",)
    assert reading.thread["2"].text.endswith("Fine.")
    assert (reading.thread.article.title, reading.problems) == ("A mill", ())


FIELDS = {
    "title": "A mill", "author": "Ann; Bo", "hostname": "a.example", "date": "2020-05-03",
    "fingerprint": "6ab19abf", "id": None, "raw_text": "", "text": "The town has a mill.\nIt turns.",
    "comments": "Who pays?\nWe all do.", "source": "https://a.example/mill/",
    "source-hostname": "Mills", "excerpt": "Of a mill.", "categories": "Mills", "tags": "mill;town",
    "language": "en",
}  # fmt: skip
DOC = """<doc sitename="Mills" title="A mill" author="Ann; Bo" date="2020-05-03"
  url="https://a.example/mill/" hostname="a.example" description="Of a mill." categories="Mills"
  tags="mill;town" language="en" fingerprint="6ab19abf"><main><p>The <hi rend="#b">town</hi> has a
  mill.</p><list><item>It turns.</item></list></main>
  <comments><p>Who pays?</p><p>We all do.</p></comments></doc>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
  <title type="main">A mill</title><author>Ann; Bo</author></titleStmt>
  <notesStmt><note type="fingerprint">6ab19abf</note></notesStmt>
  <sourceDesc><bibl>A mill, Mills</bibl><biblFull><publicationStmt>
  <publisher>Mills (a.example)</publisher><ptr type="URL" target="https://a.example/mill/"/>
  <date>2020-05-03</date></publicationStmt></biblFull></sourceDesc></fileDesc>
  <profileDesc><textClass><keywords><term type="categories">Mills</term>
  <term type="tags">mill,town</term></keywords></textClass></profileDesc>
  <encodingDesc><appInfo><application ident="Trafilatura"><label>Trafilatura</label>
  <ptr target="https://github.com/adbar/trafilatura"/></application></appInfo></encodingDesc>
  </teiHeader><text><body><div type="entry"><p>The town has a mill.</p><p>It turns.</p></div>
  <div type="comments"><p>Who pays?</p><p>We all do.</p></div></body></text></TEI>"""


@pytest.mark.parametrize("text", [json.dumps(FIELDS), DOC, TEI], ids=["json", "xml", "tei"])
def test_what_trafilatura_writes_is_read_with_what_it_knows(text):
    reading = discourse.parse(text)
    article = reading.thread.article
    assert (article.title, article.url, article.site) == (
        "A mill", "https://a.example/mill/", "Mills",
    )  # fmt: skip
    assert [author.name for author in article.authors] == ["Ann", "Bo"]
    assert article.text == "The town has a mill.\nIt turns."
    assert (article.tags, article.meta["date"]) == ({"mill", "town"}, "2020-05-03")
    assert reading.thread.source.format == "pagetext"
    (problem,) = reading.problems
    assert (problem.kind, problem.values) == ("maybe-comments", ("Who pays?", "We all do."))


@pytest.mark.parametrize("text", [json.dumps(FIELDS), DOC, TEI], ids=["json", "xml", "tei"])
def test_what_trafilatura_writes_may_be_cut_anywhere(text):
    for end in range(0, len(text), 7):
        with suppress(DiscourseError):
            assert parse(text[:end]).threads


@pytest.mark.parametrize("value", ["7", "[7]", '{"fingerprint": 7, "text": [], "comments": {}}'])
def test_other_json_is_read_as_text_or_as_an_article_of_nothing(value):
    assert len(parse(value).threads) == 1
