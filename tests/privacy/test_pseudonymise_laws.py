"""Laws of pseudonyms, on threads with names in every field and in any script."""

import re

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, Source, Stub, TextFormat, Thread
from discourse.json import to_dict
from discourse.privacy import pseudonym, pseudonymise, residue
from discourse.privacy._pseudonymise import _ALL
from discourse.strategies import threads

KEY = bytes(range(32))
NAMES = ["Adalind Voss", "Borin77", "Çelik_K", "Жанна", "王小明", "Ὑπατία", "J. R. Hartley", "Zoë-Mae",
         "नीलम", "Will", "may", "ADALIND VOSS", "Bo", "x", "O'Hara", "<b>Eve</b>"]  # fmt: skip
WORDS = ["no", "the", "will", "May", "Bridge", "@", "@nobody", ",", ":", "\n", "'s", "’s", "“", "”",
         "> ", "<b>", "</b>", "<br>", "&amp;", "https://x.example/", "u/", "@Someone Else\n",
         "<a title='", "'>", "Ada", "user-0123456789ab0123"]  # fmt: skip

name = st.sampled_from(NAMES)
prose = st.lists(name | st.sampled_from(WORDS) | st.just(" "), max_size=12).map("".join)
author = st.builds(
    Author, name | st.none(), st.none() | name | st.sampled_from(["17", "u9"]),
    display_name=st.none() | name, url=st.none() | prose, bio=st.none() | prose,
    meta=st.dictionaries(st.sampled_from(["k"]), prose),
)  # fmt: skip
talk = threads(
    max_size=6,
    comments=st.builds(
        Comment, st.just("1"), author=st.none() | author, text=st.none() | prose,
        title=st.none() | prose, url=st.none() | prose, text_format=st.sampled_from(TextFormat),
        tags=st.frozensets(name, max_size=2), meta=st.dictionaries(st.sampled_from(["k"]), prose),
    ),
    article=st.builds(
        Article, prose, id=st.none() | name, url=st.none() | prose, text=st.none() | prose,
        authors=st.lists(author, max_size=2), captions=st.lists(prose, max_size=1), site=prose,
        text_format=st.sampled_from(TextFormat),
    ),
    source=st.none() | st.builds(Source, url=st.none() | prose),
    meta=st.dictionaries(st.sampled_from(["k"]), prose),
)  # fmt: skip


def names_in(thread):
    """The names of all who comment."""
    authors = [comment.author for comment in thread if comment.author is not None]
    return {name for a in authors for name in (a.name, a.display_name) if name}


@given(talk)
def test_no_name_is_left_in_any_field(thread):
    made = pseudonymise(thread, key=KEY, scope=_ALL).thread
    assert residue(made, names_in(thread)) == ()


@given(talk)
def test_without_the_article_in_the_scope_no_name_of_a_commenter_is_left_either(thread):
    made = pseudonymise(thread, key=KEY).thread
    left = residue(made, names_in(thread))
    assert {found.field for found in left} <= {"article.id"}


@given(talk)
@example(
    Thread(
        None,
        [
            Comment(
                "1", None, Author("Adalind Voss"), "Adalind Voss<b>Eve</b>", text_format="html"
            ),
            Comment(
                "2",
                None,
                Author("Borin77"),
                "yes<i>Borin77</i>no, Adalind<br>Voss<b>x",
                text_format="html",
            ),
        ],
    )
)
def test_plain_search_finds_no_name_that_is_no_word(thread):
    sure = [n for n in names_in(thread) if len(n) > 2 and n not in {"Will", "may", "<b>Eve</b>"}]
    made = to_dict(pseudonymise(thread, key=KEY, scope=_ALL).thread)
    pending, strings = [made], []
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            strings.append(value)
        elif isinstance(value, dict | list):
            pending += value.values() if isinstance(value, dict) else value
    for found in sure:
        pattern = re.compile(
            rf"(?<![^\W])(?<![\w\u0900-\u097f]){re.escape(found)}(?![\w\u0900-\u097f])"
        )
        assert not [text for text in strings if pattern.search(text)], found


@given(talk)
def test_the_tree_and_all_that_is_no_name_stay(thread):
    done = pseudonymise(thread, key=KEY)
    same = attrs.fields_dict(Comment).keys() - {"author", "text", "title", "url", "tags", "meta"}
    for old, new in zip(thread, done.thread, strict=True):
        assert all(getattr(old, field) == getattr(new, field) for field in same)
        assert (old.author is None) == (new.author is None)
        assert (old.text is None) == (new.text is None)
    assert done.thread.stubs == thread.stubs


@given(talk)
def test_doing_it_again_with_the_same_key_changes_nothing(thread):
    for scope in (_ALL, ("authors", "text", "urls", "meta")):
        once = pseudonymise(thread, key=KEY, scope=scope).thread
        assert pseudonymise(once, key=KEY, scope=scope).thread == once


heads = st.sampled_from(
    ["Garo", "Ara", "garo", "ara", "GARO", "@", ", ", ": ", " ", "\n", "Dear ", "who", "Mr. ", "de",
     "Garo Ara", "Bo", "X", "'s", " / "]
)  # fmt: skip
calling = st.lists(heads, max_size=8).map("".join)


@given(
    st.lists(st.tuples(st.none() | heads, calling), min_size=1, max_size=4),
    st.none() | calling,
    st.booleans(),
)
@example(said=[(None, "Garo Ara, X"), ("X", "no")], about=None, parts=False)
@example(said=[("Garo X Ara", "Garo X, no")], about="@Garo X", parts=False)
def test_whom_nobody_knows_and_somebody_calls_is_replaced_once_and_for_all(said, about, parts):
    comments = [
        Comment(str(n), None, None if name is None else Author(name), text)
        for n, (name, text) in enumerate(said)
    ]
    thread = Thread(None if about is None else Article(about, text=about), comments)
    once = pseudonymise(thread, key=KEY, parts=parts).thread
    assert pseudonymise(once, key=KEY, parts=parts).thread == once


@given(talk)
def test_who_was_one_person_is_and_who_was_not_is_not(thread):
    made = pseudonymise(thread, key=KEY).thread
    pairs = [
        (old.author.key, new.author.key)
        for old, new in zip(thread, made, strict=True)
        if old.author is not None
    ]
    assert len({old for old, _ in pairs}) == len({new for _, new in pairs}) == len(set(pairs))


@given(talk, talk)
def test_threads_together_get_what_each_gets_alone(one, other):
    together = pseudonymise([one, other], key=KEY).threads
    for thread, made in zip((one, other), together, strict=True):
        alone = pseudonymise(thread, key=KEY).thread
        assert [c.author for c in made] == [c.author for c in alone]


@given(talk)
def test_another_key_gives_other_pseudonyms(thread):
    one, other = (pseudonymise(thread, key=key).thread for key in (KEY, KEY[::-1]))
    for a, b in zip(one, other, strict=True):
        if a.author is not None and a.author.key is not None:
            assert a.author.key != b.author.key


@given(st.lists(name | st.text(st.characters(codec="utf-8"), min_size=1, max_size=4), unique=True))
@example(["a", "A", "a "])
def test_pseudonyms_of_one_call_are_readable_and_differ(listed):
    thread = Thread(None, [Comment(str(n), None, Author(name)) for n, name in enumerate(listed)])
    made = [comment.author.name for comment in pseudonymise(thread, key=KEY).thread]
    assert len(set(made)) == len(listed)
    assert all(re.fullmatch(r"user-[0-9a-f]{16}", name) for name in made)
    assert made == [pseudonym(name, key=KEY) for name in listed]


@given(talk)
def test_ids_in_the_scope_keep_the_shape_of_the_tree(thread):
    given = attrs.evolve(thread, stubs=[Stub(c.id, ids=("gone",)) for c in thread][:1])
    made = pseudonymise(given, key=KEY, scope=_ALL).thread
    position = {c.id: n for n, c in enumerate(made)}
    assert [c.parent_id and position[c.parent_id] for c in made] == [
        c.parent_id and given.position(c.parent_id) for c in given
    ]
    assert all(re.fullmatch(r"id-[0-9a-f]{16}", c.id) for c in made)
    assert [s.parent_id for s in made.stubs] == [c.id for c in made][:1]


def test_people_whose_pseudonyms_would_be_the_same_get_longer_ones(monkeypatch):
    monkeypatch.setattr("discourse.privacy._pseudonyms._SHORT", 1)
    thread = Thread(None, [Comment(str(n), None, Author(f"Name{n}x")) for n in range(40)])
    made = [comment.author.name for comment in pseudonymise(thread, key=KEY).thread]
    assert len(set(made)) == 40
    assert {len(name) for name in made} >= {len("user-") + 28 + 4}


@pytest.mark.parametrize("shape", [lambda n: n - 1, lambda _: 0])
def test_chains_and_fans_are_ordinary(shape):
    comments = [
        Comment(str(n), str(shape(n)) if n else None, Author(f"Name{n}x"), f"@Name{n - 1}x, and Name0x")
        for n in range(3_000)
    ]  # fmt: skip
    done = pseudonymise(Thread(None, comments), key=KEY, scope=_ALL)
    assert (done.people, done.fields, done.names) == (3_001, 3_000, 6_000)
