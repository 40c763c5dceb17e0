"""Pseudonyms, what is left of names, and contacts taken out: the laws, and the cases behind them."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, Thread
from discourse.privacy import pseudonym, pseudonymise, redact_contacts, residue
from discourse.strategies import threads

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))

PEOPLE = st.sampled_from([Author("Adalind Voss"), Author("Borin77", id="u7"), Author("Çelik_K")])
SAID = st.sampled_from(
    ["@Borin77 no.", "Adalind Voss, why?", "As Borin77's friend said", "Nobody here", "Çelik_K: hm"]
)
named = threads(
    comments=st.builds(Comment, st.just("1"), author=st.none() | PEOPLE, text=SAID), max_size=8
)


@given(named)
def test_the_tree_stays_as_it_is(thread):
    made = pseudonymise(thread, key=KEY).thread
    assert [(c.id, c.parent_id, c.status) for c in made] == [
        (c.id, c.parent_id, c.status) for c in thread
    ]
    assert [c.author is None for c in made] == [c.author is None for c in thread]


@given(named)
def test_no_name_of_an_author_is_left(thread):
    names = {c.author.name for c in thread if c.author is not None}
    made = pseudonymise(thread, key=KEY).thread
    in_comments = [found for found in residue(made, names) if found.comment_id is not None]
    assert in_comments == []


@given(named)
def test_doing_it_again_changes_nothing(thread):
    once = pseudonymise(thread, key=KEY).thread
    assert pseudonymise(once, key=KEY).thread == once


@given(named)
def test_one_person_stays_one_person(thread):
    made = pseudonymise(thread, key=KEY).thread
    keys = {}
    for old, new in zip(thread, made, strict=True):
        if old.author is not None:
            assert keys.setdefault(old.author.key, new.author.key) == new.author.key
    assert len(set(keys.values())) == len(keys)


def test_one_key_gives_one_pseudonym_in_every_thread_and_another_key_another():
    first = Thread(None, [Comment("1", author=Author("Adalind Voss"))])
    second = Thread(None, [Comment("9", author=Author("Adalind Voss"), text="x")])
    names = [pseudonymise(t, key=KEY).thread.comments[0].author.name for t in (first, second)]

    assert names[0] == names[1] == pseudonym(Author("Adalind Voss"), key=KEY)
    assert names[0] != pseudonym(Author("Adalind Voss"), key=OTHER)


def test_possessives_and_calls_are_reached_and_other_words_are_not():
    thread = Thread(
        None,
        [
            Comment("1", author=Author("Adalind")),
            Comment("2", "1", text="@adalind: Adalind's bridge, Adalindova, adalinde."),
        ],
    )
    done = pseudonymise(thread, key=KEY)
    name = done.thread["1"].author.name

    assert done.thread["2"].text == f"@{name}: {name}'s bridge, Adalindova, adalinde."
    assert (done.people, done.names) == (1, 2)


def test_a_name_that_is_a_word_does_not_eat_the_word():
    thread = Thread(
        None,
        [
            Comment("1", author=Author("Will")),
            Comment("2", "1", text="@Will, it will be built. The will is there."),
        ],
    )
    done = pseudonymise(thread, key=KEY)
    name = done.thread["1"].author.name

    assert done.thread["2"].text == f"@{name}, it will be built. The will is there."


def test_fields_that_tell_who_it_is_are_dropped():
    author = Author(
        "Adalind", url="https://a.example", avatar_url="https://a.example/a.png", bio="x"
    )
    thread = Thread(None, [Comment("1", author=author, url="https://b.example#1", meta={"k": "v"})])
    (made,) = pseudonymise(thread, key=KEY).thread

    assert (made.author.url, made.author.avatar_url, made.author.bio) == (None, None, None)
    assert (made.url, dict(made.meta)) == (None, {})


@pytest.mark.parametrize("key", [b"", b"short", "a string of many letters", None])
def test_a_weak_key_is_refused(key):
    with pytest.raises(FieldError):
        pseudonymise(Thread(), key=key)


def test_an_unknown_scope_is_refused():
    with pytest.raises(FieldError, match="everything"):
        pseudonymise(Thread(), key=KEY, scope=["everything"])


def test_residue_tells_where_a_name_is_left():
    thread = Thread(Article("Of Adalind"), [Comment("1", text="Adalind said so.")])
    found = residue(thread, ["Adalind"])

    assert {(each.comment_id, each.field) for each in found} == {
        (None, "article.title"),
        ("1", "text"),
    }


def test_contacts_become_markers():
    text = "ada@bridge.example, +49 89 1234567, 192.0.2.7 and 2001:db8::7"
    done = redact_contacts(Thread(None, [Comment("1", text=text)]))

    assert done.thread["1"].text == "[email], [phone], [ip] and [ip]"
    assert (done.emails, done.phones, done.ips) == (1, 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "On 2024-05-31 at 12:30 it was 8.4 million.",
        "ISBN 978-3-16-148410-0",
        "version 1.2.3, then 10.11",
        "from 1926 to 2024",
        "@ada and #bridge",
    ],
)
def test_what_is_no_contact_stays(text):
    thread = Thread(None, [Comment("1", text=text)])
    assert redact_contacts(thread).thread == thread


@given(threads(max_size=6))
def test_redaction_keeps_the_tree_and_is_done_once(thread):
    once = redact_contacts(thread).thread
    assert [(c.id, c.parent_id) for c in once] == [(c.id, c.parent_id) for c in thread]
    assert redact_contacts(once).thread == once


@given(threads(max_size=6))
def test_any_thread_is_pseudonymised(thread):
    made = pseudonymise(thread, key=KEY).thread
    assert len(made) == len(thread)
    assert attrs.evolve(made) == made


def test_a_chain_of_many_is_no_trouble():
    rows = [
        Comment(str(n), str(n - 1) if n else None, Author(f"user{n % 50}x"), f"@user{n % 7}x yes")
        for n in range(5_000)
    ]
    done = pseudonymise(Thread(None, rows), key=KEY)
    assert (done.people, done.names) == (50, 5_000)


def test_a_name_may_be_written_with_any_number_of_marks():
    text = "@Bo" + "\u0301\u0323" * 500_000
    done = pseudonymise(Thread(None, [Comment("1", None, Author("Bo"), text)]), key=KEY)
    assert done.thread["1"].text == f"@{done.thread['1'].author.name}"
