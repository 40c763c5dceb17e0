"""Residue: every field is looked into, and nothing that is no name is told."""

import attrs
import pytest

from discourse import Article, Author, Comment, FieldError, Source, Stub, Thread
from discourse.privacy import residue

NAME = "Ada Byron"


def test_every_field_is_looked_into():
    author = Author(
        NAME, NAME, display_name=NAME, url=NAME, avatar_url=NAME, bio=NAME, meta={"k": NAME}
    )
    thread = Thread(
        Article(
            NAME, id=NAME, url=NAME, authors=[author], text=NAME, captions=[NAME], site=NAME,
            tags={NAME}, meta={"k": [{NAME: 1}]},
        ),
        [Comment(NAME, None, author, NAME, title=NAME, url=NAME, tags={NAME}, meta={"k": {"l": NAME}})],
        stubs=[Stub(NAME, ids=(NAME,), cursor=NAME)],
        source=Source(url=NAME), meta={"k": NAME},
    )  # fmt: skip
    of_author = ["name", "id", "display_name", "url", "avatar_url", "bio", "meta.k"]
    assert [(left.comment_id, left.field) for left in residue(thread, [NAME])] == [
        *((None, f"article.{field}") for field in (
            "title", "id", "url", *(f"authors[0].{field}" for field in of_author), "text",
            "captions[0]", "site", "tags", "meta.k[0].Ada Byron")),
        *((NAME, field) for field in (
            "id", *(f"author.{field}" for field in of_author), "text", "title", "url", "tags",
            "meta.k.l")),
        (None, "stubs[0].ids"), (None, "stubs[0].cursor"), (None, "source.url"), (None, "meta.k"),
    ]  # fmt: skip
    assert all(
        left.span == (0, len(NAME)) and left.name == NAME for left in residue(thread, [NAME])
    )


@pytest.mark.parametrize(
    "url", ["https://x.example/ada-byron", "u/Ada_Byron#3", "ada.byron", "ADA%20"]
)
def test_in_addresses_whatever_joins_the_words_does(url):
    thread = Thread(None, [Comment("1", url=url)])
    assert len(residue(thread, [NAME])) == (0 if "%" in url else 1)


def test_plain_words_are_told_only_where_they_are_names():
    thread = Thread(None, [
        Comment("1", None, Author("Will"), "I will. Will you?"), Comment("2", text="@will no"),
    ])  # fmt: skip
    assert [(left.comment_id, left.field) for left in residue(thread, ["Will"])] == [
        ("1", "author.name"), ("2", "text"),
    ]  # fmt: skip


def test_spans_are_those_of_the_stored_text():
    text = "<p>So <b>Ada</b> Byron&apos;s, <a title='ada-byron'>x</a></p>"
    thread = Thread(None, [Comment("1", text=text, text_format="html")])
    shown = [text[slice(*left.span)] for left in residue(thread, [NAME])]
    assert shown == ["Ada</b> Byron", "ada-byron"]


def test_blank_names_and_none_find_nothing():
    thread = Thread(None, [Comment("1", None, Author(" "), "x")])
    assert residue(thread, ["", " ", "\u200b"]) == residue(thread, []) == ()
    assert residue(Thread(), [NAME]) == ()
    with pytest.raises(FieldError, match="not one string"):
        residue(thread, NAME)


def test_residue_of_several_threads_says_in_which_a_name_is_left():
    one, two = Thread(None, [Comment("1", text=NAME)]), Thread(None, [Comment("1")])
    (alone,) = residue(one, [NAME])
    assert alone.thread is None
    assert residue([two, one], [NAME]) == (attrs.evolve(alone, thread=1),)
    assert residue({"a": one, "b": two}, [NAME]) == (attrs.evolve(alone, thread="a"),)
    assert len(residue([one, one], [NAME])) == 2
