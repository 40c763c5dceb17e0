"""Mentions: what calls somebody, whose name it is, and what of theirs may be meant."""

import pytest

from discourse import Article, Author, Comment, Thread
from discourse.links import mentions

PEOPLE = [
    Author("Ada"), Author("Ada Byron"), Author("nick_77", id="u1", display_name="Nicolas"),
    Author("Zoë"), Author("J. R. Hartley"), Author("王明"), Author("Will"),
]  # fmt: skip


def called(text, **fields):
    """What a reply under everybody calls: (name, key of the author, ids, kind)."""
    comments = [Comment(str(n), None, author, "…") for n, author in enumerate(PEOPLE)]
    thread = Thread(None, [*comments, Comment("x", None, None, text, **fields)])
    found = mentions(thread)
    assert all(mention.comment_id == "x" for mention in found)
    assert all(0 < mention.confidence <= 1 for mention in found)
    return [(m.name, m.author and m.author.key, m.target_ids, m.kind) for m in found]


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("@Ada hello", "Ada", "Ada"),
        ("well, @ada!", "ada", "Ada"),
        ("@ada byron: no", "ada byron", "Ada Byron"),
        ("(@Ada Byron)", "Ada Byron", "Ada Byron"),
        ("@Nick_77, no", "Nick_77", "u1"),
        ("@Nicolas no", "Nicolas", "u1"),
        ("@zoe’s idea", "zoe", "Zoë"),
        ("@ZOË", "ZOË", "Zoë"),
        ("@ Ada no", "Ada", "Ada"),
        (".@Ada no", "Ada", "Ada"),
        ("＠Ada no", "Ada", "Ada"),
        ("@J.R. Hartley no", "J.R. Hartley", "J. R. Hartley"),
        ("@hartley no", "hartley", None),
        ("@王明你好", "王明", "王明"),
        ("/u/nick_77 said", "nick_77", "u1"),
        ("u/nick_77 said", "nick_77", "u1"),
        ("@somebody.else, no", "somebody.else", None),
        ("@adam no", "adam", None),
        ("@ada@bridge.example no", "ada@bridge.example", None),
    ],
)
def test_a_sign_calls_the_longest_known_name_or_what_stands_there(text, name, key):
    position = {author.key: str(n) for n, author in enumerate(PEOPLE)}
    targets = () if key is None else (position[key],)
    assert called(text) == [(name, key, targets, "at")]


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("Ada, no.", "Ada", "Ada"),
        ("ada byron: no.", "ada byron", "Ada Byron"),
        ("To Zoë: no.", "Zoë", "Zoë"),
        ("Hi Ada! No.", "Ada", "Ada"),
        ("  Dear Nicolas,\nno", "Nicolas", "u1"),
        ("Will, you are wrong", "Will", "Will"),
        ("Gerda,\nyou are wrong", "Gerda", None),
        ("Liebe Gerda,\nnein", "Gerda", None),
    ],
)
def test_a_name_at_the_start_with_a_comma_or_colon_calls(text, name, key):
    ((got, whose, _, kind),) = called(text)
    assert (got, whose, kind) == (name, key, "address")


FORUM = (
    '<aside class="quote no-group" data-username="Ada" data-post="1">\n<div class="title">\n'
    '<div class="quote-controls"></div>\n<img alt="" src="/a.png" class="avatar"> {}</div>\n'
    "<blockquote>\n{}\n</blockquote>\n</aside>\n<p>Who did?</p>"
)


@pytest.mark.parametrize(
    ("text", "text_format"),
    [
        (FORUM.format("Ada:", "<p>They told us.</p>"), "html"),
        (FORUM.format("Ada:", '<img src="/b.png">'), "html"),
        (FORUM.format("王明:", "<p>是</p>"), "html"),
        ("<p><b>Ada:</b></p><blockquote>They told us.</blockquote>Who did?", "html"),
        ("Ada:<br>&gt; They told us.<br>Who did?", "html"),
        ("Ada:\n> They told us.\n\nWho did?", "text"),
        ("Ada Byron:\r\n\r\n> They told us.\r\n", "markdown"),
        ("**Ada:**\n> They told us.", "markdown"),
        ("Gerda Huber:\n> They told us.", "text"),
        ("Ada:\n[quote]They told us.[/quote]\nWho did?", "bbcode"),
        ("Ada wrote:\n> They told us.", "text"),
        ("Ada Byron schrieb:\n\n> They told us.", "text"),
        ("> Ada:\n>> They told us.\n> Who did?", "text"),
    ],
)
def test_a_name_over_a_quotation_says_whom_is_quoted_and_calls_nobody(text, text_format):
    assert called(text, text_format=text_format) == []


@pytest.mark.parametrize(
    ("text", "text_format"),
    [
        ("<p>Ada:</p><p>Who did?</p><blockquote>They told us.</blockquote>", "html"),
        ("<p>Ada: who?</p><blockquote>They told us.</blockquote>", "html"),
        ("<p>Ada,</p><blockquote>They told us.</blockquote>", "html"),
        ("Ada: you said\n> They told us.", "text"),
        ("Ada,\n> They told us.", "text"),
        ("To Ada:\n> They told us.", "text"),
        ("Ada:\nWho did?\n> They told us.", "text"),
        ("Ada:", "text"),
    ],
)
def test_a_name_that_is_not_alone_over_a_quotation_calls_as_before(text, text_format):
    assert [call[::3] for call in called(text, text_format=text_format)] == [("Ada", "address")]


def test_a_sign_calls_over_a_quotation_too():
    assert called("@Ada:\n> They told us.\nWho did?") == [("Ada", "Ada", ("0",), "at")]


@pytest.mark.parametrize(
    "text",
    ["mail ada@bridge.example", "https://x.example/@Ada www.x.example/@Ada", "a@Ada", "Ada said no",
     "No, Ada, no", "@", "@ ", "@@", "@!", "@42", "However, no", "Well,\nno", "Hi all,\nno",
     "menu/u/nick_77", "Will you?", "Gerda, no", "@ unknown", "@-x"],
)  # fmt: skip
def test_what_calls_nobody_is_no_mention(text):
    assert called(text) == []


@pytest.mark.parametrize(
    "line", ["First Last / Nick", "First Last", "Concerned Citizen", "Ada / Countess", "王 小明"]
)
def test_a_line_of_its_own_at_the_start_may_be_a_name_of_several_words(line):
    ((name, key, _, _),) = called(f"@{line}\nYou are wrong.")
    assert name == line
    assert key == ("Ada" if line.startswith("Ada") else None)
    assert called(f"no\n@{line}")[0][0] != line or " " not in line


def test_the_span_is_that_of_the_name_in_the_stored_text():
    text = "<p>Hm, <b>@Ada</b> <i>Byron</i> &amp; @<b>Zo&euml;</b></p>"
    thread = Thread(None, [
        *(Comment(str(n), None, author) for n, author in enumerate(PEOPLE)),
        Comment("x", None, None, text, text_format="html"),
    ])  # fmt: skip
    shown = [text[slice(*mention.span)] for mention in mentions(thread)]
    assert shown == ["Ada</b> <i>Byron", "Zo&euml;"]


def test_the_nearest_comment_above_is_meant_before_others():
    ada, bo = Author("Ada"), Author("Bo")
    thread = Thread(None, [
        Comment("1", None, ada), Comment("1.1", "1", ada), Comment("1.1.1", "1.1", bo),
        Comment("x", "1.1.1", bo, "@Ada"),
        Comment("2", None, ada), Comment("y", None, bo, "@Ada"), Comment("3", None, ada),
    ])  # fmt: skip
    assert [m.target_ids for m in mentions(thread)] == [("1.1",), ("2", "1.1", "1")]


def test_who_calls_themselves_means_what_they_wrote_before():
    ada = Author("Ada")
    thread = Thread(None, [Comment("1", None, ada), Comment("2", "1", ada, "@Ada")])
    assert mentions(thread)[0].target_ids == ("1",)


def test_of_several_with_one_name_the_nearest_is_meant():
    one, two = Author("Ada", id="1"), Author("ada", id="2")
    thread = Thread(None, [
        Comment("a", None, one), Comment("b", "a"), Comment("c", None, two),
        Comment("d", "b", None, "@ADA"), Comment("e", None, None, "@ADA"),
    ])  # fmt: skip
    assert {m.comment_id: m.author.id for m in mentions(thread)} == {"d": "1", "e": "2"}


def test_the_first_word_of_a_name_does_where_it_is_one_persons():
    thread = Thread(None, [
        Comment("1", None, Author("Greta Oto")), Comment("2", None, Author("Ada Byron")),
        Comment("3", None, Author("Ada Lovelace")), Comment("4", text="@greta and @Ada"),
    ])  # fmt: skip
    greta, ada = mentions(thread)
    assert (greta.author.name, greta.target_ids) == ("Greta Oto", ("1",))
    assert greta.confidence < 1
    assert ada.author is None


def test_authors_of_the_article_are_known():
    article = Article("T", authors=[Author("Ada Byron")])
    thread = Thread(article, [Comment("1", text="Ada Byron, thank you.")])
    assert [(m.author.name, m.target_ids) for m in mentions(thread)] == [("Ada Byron", ())]


def test_nobody_known_and_nothing_said_is_fine():
    assert mentions(Thread()) == ()
    blank = [Author(), Author(""), Author(" "), Author(display_name="Shown"), Author("\u202e")]
    comments = [Comment(str(n), None, author, "@Shown @x") for n, author in enumerate(blank)]
    assert [m.author for m in mentions(Thread(None, comments))] == [None] * 10


def test_names_of_any_length_and_number_are_ordinary():
    long = "a " * 50_000 + "b"
    many = [Comment(str(n), None, Author("Guest", id=str(n)), "@Guest") for n in range(1_000)]
    thread = Thread(None, [Comment("l", None, Author(long)), *many, Comment("z", text=f"@{long}")])
    found = mentions(thread)
    assert found[-1].author.name == long
    chain = [
        Comment(str(n), str(n - 1) if n else None, Author(str(n % 7) + "x"), f"@{(n + 1) % 7}x")
        for n in range(2_000)
    ]
    assert len(mentions(Thread(None, chain))) == 2_000
