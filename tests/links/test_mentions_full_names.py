"""Full names at the start of a text: kept where they call somebody, and left where they are words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, Thread
from discourse.links import mentions

NAMES = [
    "Garo Petrosyan", "Vardan Ara Petrosyan", "José Ángel Núñez", "Ludwig van der Rohe",
    "Maria da Silva", "J. Hartley", "Jean-Luc O'Hara", "Mr. Yu", "Herr Huber", "Dr. Ada Byron",
    "Zoe\u0308 Byron", "Жанна Иванова", "Ἑλένη Παπαδάκη", "Mark Grant Ferrow", "Ada McByron",
]  # fmt: skip

OPENERS = [
    "Dear Sir", "Dear Sir Or Madam", "First Of All", "In Yerevan", "Yes Indeed", "However Much",
    "Last Monday", "Good Morning", "Guten Morgen", "Grüß Gott", "Frohes Neues", "Happy New Year",
    "Merry Christmas", "Feliz Navidad", "Bonne Année", "Fun Fact", "Full Disclosure", "Side Note",
    "Breaking News", "Kurze Frage", "Kleine Anmerkung", "New York", "San Francisco", "Los Angeles",
    "Nagorno Karabakh", "South Korea", "White House", "Green Party", "Holy Cow", "Oh My God",
    "Jesus Christ", "Thank God", "Mr President", "Ladies And Gentlemen", "Vielen Dank",
    "Liebe Grüße", "Buenos Días", "Sevgili Dostlar", "Vitamin D", "PLEASE NOTE", "ADA BYRON",
    "Garo's Bridge", "Garo petrosyan", "garo Petrosyan", "Garo", "P.S. Thanks", "Plan B",
    "One Two Three Four Five Six", "Garo Petrosyan's", "Los Alamos", "Die Grünen", "Prof. Dr.",
    "Garo  Petrosyan", "van Gogh", "Garo van", "Garo 2", "王 小明", "ქეთი ბერიძე", "Well Done",
]  # fmt: skip


def called(text, *others, article=None):
    """What a text calls in a thread with other texts: (name, confidence)."""
    comments = [Comment(f"o{n}", None, None, other) for n, other in enumerate(others)]
    thread = Thread(article, [*comments, Comment("x", None, None, text)])
    return [(m.name, m.author) for m in mentions(thread) if m.comment_id == "x"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "rest", [", you are wrong.", ": no", ",\nno", " , no", ", Yes!", ", I agree"]
)
def test_a_full_name_at_the_start_is_kept_though_nobody_is_known_by_it(name, rest):
    assert called(name + rest) == [(name, None)]
    assert called(f"  Dear {name}{rest}") == [(name, None)]


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("rest", [", you are wrong.", ": no"])
def test_what_begins_a_sentence_a_heading_or_a_wish_is_no_name(opener, rest):
    assert called(opener + rest) == []


@pytest.mark.parametrize(
    "rest",
    [", who built the bridge, is", ", the mayor, said", ", and so on", ", der Brücken baut, irrt",
     ", qui a dit", ", que no sabe", ", 1984", ", CA.", ", Bo Ferrow and others", ", Bo, Cy: no",
     " and you, no", ". No", " - no", "! No", "", " said: no", ", “2 summers”"],
)  # fmt: skip
def test_who_is_spoken_of_is_not_called(rest):
    assert called("Garo Petrosyan" + rest) == []


def test_a_word_that_somebody_writes_small_is_no_name():
    assert called("Umber Bridge, no", "the bridge is umber", "Bridge") == []
    assert called("Umber Bridges, no", "the bridge is umbers") == [("Umber Bridges", None)]
    assert called("Umbér Bridgé, no", "élan, the umbér one") == []
    assert called("Don Umber, no", "I don't and don’t, nor does don_x") == [("Don Umber", None)]


def test_what_the_article_speaks_of_is_not_called():
    about = Article("On Garo Petrosyan's bridge", text="Vardan met Ara. Petrosyan did not.")
    assert called("Garo Petrosyan, no", article=about) == []
    assert called("Vardan Petrosyan, no", article=about) == [("Vardan Petrosyan", None)]


def test_words_of_known_names_say_nothing_against_a_name():
    text = "Garo Petrosyan, no"
    known = [Comment("1", None, Author("garo"), "I am garo, not @petrosyan")]
    thread = Thread(None, [*known, Comment("x", None, None, text)])
    assert [m.name for m in mentions(thread) if m.comment_id == "x"] == ["Garo Petrosyan"]


def test_a_known_name_without_its_first_word_is_known():
    thread = Thread(None, [
        Comment("1", None, Author("Ing Ada Byron Vance")), Comment("2", "1", None, "Ada Byron Vance, no"),
        Comment("3", "1", None, "@Ada Byron Vance"), Comment("4", "1", None, "Byron Vance, no"),
    ])  # fmt: skip
    assert [(m.comment_id, m.target_ids, m.confidence < 0.9) for m in mentions(thread)] == [
        ("2", ("1",), True), ("3", ("1",), True), ("4", (), True),
    ]  # fmt: skip


def test_a_full_name_in_html_stands_where_it_says():
    text = "<p>\n<b>Garo</b> Petrosyan, no</p>"
    thread = Thread(None, [Comment("1", None, None, text, text_format="html")])
    (mention,) = mentions(thread)
    assert text[slice(*mention.span)] == "Garo</b> Petrosyan"


@given(st.lists(st.sampled_from(["Garo", "Ara", "Van", "de", "J.", ",", ":", " ", "\n", "the", "bridge"]),
                max_size=8).map("".join))  # fmt: skip
def test_a_full_name_is_one_only_before_a_comma_or_colon(text):
    for name, author in called(text):
        start = text.index(name)
        assert author is None and text[start + len(name) :].lstrip(" \n")[:1] in {",", ":"}


def test_a_million_characters_of_capitals_are_read_once():
    for text in (
        "Garo " * 200_000,
        "Garo Ara" * 100_000,
        "G" * 1_000_000 + " Ara, no",
        "A. " * 300_000,
    ):
        assert called(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000 + "'é",
        "Xaaaaaaaaaaaaaaaaaaaaaaaaaaaa* Boo, you",
    ],
)
def test_long_words_that_just_fail_to_be_names_take_no_longer(text):
    thread = Thread(
        None, [Comment("1", text="Garo Petrosyan, you are wrong"), Comment("2", text=text)]
    )
    assert [mention.name for mention in mentions(thread)] == ["Garo Petrosyan"]
