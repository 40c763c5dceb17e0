"""No name is left: each text is put together from names and words, so that what must come is known.

The search for names here is the plainest there is, over the JSON of the thread, and shares nothing
with the library's own.
"""

import html
import itertools
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import (
    Article,
    Author,
    Comment,
    FieldTypeError,
    Source,
    Stub,
    TextFormat,
    Thread,
    dumps,
)  # fmt: skip
from discourse.privacy import pseudonym, pseudonymise, residue

KEY = bytes(range(32))

#: Names whose words are nobody else's and no words of a language.
PEOPLE = [
    Author("Quillax"),
    Author("Brodnik Vastermol", "brodnik-vm", url="https://x.example/u/brodnik-vm"),
    Author("zorp_77", avatar_url="https://x.example/zorp_77.png", bio="I am zorp_77, Zorp_77"),
    Author("Жменька Тырдова", display_name="Жмуля"),
    Author("王小明"),
    Author("Ýlvarö", meta={"login": "Ýlvarö"}),
    Author("Ḱéphras O'Dunnelax", "9901"),
    Author("نسيبهان"),
    Author("नीलिमावती"),
    Author("Xi-Tholm Vandermuuk"),
]
WORDS = ["no", "the", "bridge", "may", "Will", "rose", "Quill", "ax", "vaster", "7", "“", "”", ">",
         "(", ")", "—", "🙂", "user", "@", "Жмень", "小", "e.g.", "https://x.example/page", "O'"]  # fmt: skip


def names_of(author):
    """Every name and login of an author that is no number."""
    told = (author.name, author.display_name, author.id)
    return [name for name in told if name is not None and not name.isdigit()]


def written(name):
    """The ways in which a name is surely a name: (how it is written, what stays around it)."""
    return [
        (name, "{}"), (name, "{}’s"), (name, "{}'s"), (name, "“{}”"), (name, "({}),"), (name, "{}!"),
        (name, "@{}"), (name.lower(), "@{}"), (name.upper(), "@{}:"), (name.upper(), "{}"),
        (unicodedata.normalize("NFD", name), "{}"), (unicodedata.normalize("NFC", name), "{}"),
        (name[:1] + "\u00ad" + name[1:], "{}"), (name[:2] + "\u200d" + name[2:], "{}"),
        (" ".join(name.split(" ")).replace(" ", "\u00a0"), "{}"), (name.replace("'", "’"), "{}"),
        (name, "\u2067{}\u2069"), (name, "> {}"),
    ]  # fmt: skip


NAMED = st.sampled_from(
    [(author, how, around) for author in PEOPLE for name in names_of(author)
     for how, around in written(name)]
)  # fmt: skip
PARTS = st.lists(NAMED | st.sampled_from(WORDS), max_size=9)


def text_of(parts, fill):
    """The text that parts make, with something for each name."""
    said = [part if isinstance(part, str) else part[2].format(fill(*part[:2])) for part in parts]
    return "no " + " no ".join(said) + " no"


@st.composite
def talks(draw):
    """A thread of these people, and for each comment the parts of its text."""
    texts = draw(st.lists(PARTS, min_size=1, max_size=5))
    speakers = [*PEOPLE, *(draw(st.sampled_from(PEOPLE)) for _ in texts)]
    texts = [[] for _ in PEOPLE] + texts
    comments = [
        Comment(str(n), str(draw(st.integers(0, n - 1))) if n else None, author,
                text_of(parts, lambda _, how: how), url=f"https://x.example/{author.name}#{n}")
        for n, (author, parts) in enumerate(zip(speakers, texts, strict=True))
    ]  # fmt: skip
    return Thread(Article("On it"), comments), {str(n): parts for n, parts in enumerate(texts)}


def flat(text):
    """A text as the plainest search sees it: no case, no accents, nothing that is not seen."""
    plain = unicodedata.normalize("NFKD", html.unescape(text)).casefold()
    return "".join(c for c in plain if unicodedata.category(c) not in {"Cf", "Mn", "Lm"})


def left_in(thread, names):
    """The names that stand anywhere in the JSON of a thread."""
    everything = flat(json.dumps(json.loads(dumps(thread)), ensure_ascii=False))
    joined = re.sub(r"[\s'’_-]+", "", everything)
    return [n for n in names if re.sub(r"[\s'’_-]+", "", flat(n)) in joined]


NAMES = [name for author in PEOPLE for name in names_of(author)]


@given(talks())
def test_each_name_becomes_its_pseudonym_and_every_other_word_stays(talk):
    thread, parts = talk
    made = pseudonymise(thread, key=KEY).thread
    for comment in made:
        expected = text_of(parts[comment.id], lambda author, _: pseudonym(author, key=KEY))
        assert comment.text == expected


@given(talks())
def test_the_plainest_search_finds_no_name_login_or_address_in_the_json(talk):
    thread, _ = talk
    assert len(left_in(thread, NAMES)) == len(NAMES)
    made = pseudonymise(thread, key=KEY).thread
    assert left_in(made, [*NAMES, "x.example/u/", "zorp_77.png", "9901"]) == []
    assert residue(made, NAMES) == ()


def in_html(how, name):
    """A name as HTML has it, in one of several ways; each hides it from a search of the source."""
    entities = "".join(f"&#{ord(c)};" for c in name)
    return [
        name, html.escape(name), entities, f"<b>{name}</b>", f"{name[:1]}<i>{name[1:]}</i>",
        f'<a href="/u/{name}" title="{name}">x</a>', f"<!-- {name} -->", f"&ldquo;{name}&rdquo;",
        f"<img alt='{name}'>", f"<p>@{name}</p>", f"<cite>{name[:2]}<wbr>{name[2:]}</cite>",
        f"<blockquote data-by={name.split()[0]}>{name}</blockquote>",
    ][how]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(NAMES)), max_size=6))
def test_html_hides_no_name_in_tags_attributes_entities_or_comments(named):
    text = "<p>no</p>" + " no ".join(in_html(how, name) for how, name in named) + "<p>yes</p>"
    comments = [Comment(str(n), None, author) for n, author in enumerate(PEOPLE)]
    thread = Thread(None, [*comments, Comment("x", None, None, text, text_format="html")])
    made = pseudonymise(thread, key=KEY).thread["x"].text
    whole = [n for n in NAMES if " " not in n]
    bare = Thread(None, [Comment("x", None, None, re.sub(r"<(?=/?[a-z])[^<>]*>", "", made))])
    for seen in (bare, Thread(None, [Comment("x", None, None, made)])):
        assert left_in(seen, NAMES if seen is bare else whole) == []
    tags = re.compile(r"</?[a-z]+|<!--|-->")
    assert tags.findall(made) == tags.findall(text)
    assert made.startswith("<p>no</p>") and made.endswith("<p>yes</p>")


FULL = Thread(
    Article("By Quillax", id="quillax-1", url="https://x.example/quillax", authors=[PEOPLE[1]],
            text="Quillax said", captions=["Quillax"], site="Quillax Post", tags=["Quillax"],
            meta={"k": "Quillax"}),
    [
        Comment("quillax-2", None, PEOPLE[0], "I, Quillax", title="Quillax", url="https://x.example/q",
                tags=["Quillax"], meta={"k": "Quillax"}),
        Comment("b", "quillax-2", Author("Quillax", bio="I, Quillax", url="https://q.example"), "no"),
    ],
    stubs=[Stub("b", ids=("quillax-3",), cursor="quillax")],
    source=Source(url="https://x.example/quillax"),
    meta={"k": "Quillax"},
)  # fmt: skip

#: What each word of the scope reaches; what two have in common needs one of them.
REACHED = {
    "authors": lambda t: [c.author for c in t],
    "text": lambda t: (
        [(c.text, c.title, c.tags) for c in t]
        + [(t.article.title, t.article.text, t.article.captions, t.article.site, t.article.tags)]
    ),
    "urls": lambda t: [c.url for c in t],
    "meta": lambda t: [c.meta for c in t] + [t.meta, t.article.meta, t.stubs[0].cursor],
    "article": lambda t: [],
    "ids": lambda t: [(c.id, c.parent_id) for c in t] + [t.article.id, t.stubs[0].ids],
}
SCOPES = [
    subset for size in range(len(REACHED) + 1) for subset in itertools.combinations(REACHED, size)
]


@pytest.mark.parametrize("scope", SCOPES, ids="+".join)
def test_each_word_of_the_scope_reaches_its_part_and_nothing_else(scope):
    done = pseudonymise(FULL, key=KEY, scope=scope)
    made = done.thread
    for word, of in REACHED.items():
        if word in scope:
            values = of(made)
            assert left_in_values(values) == [], word
        else:
            assert of(made) == of(FULL), word
    gone = "article" in scope or "urls" in scope
    assert (made.article.url is None) == (made.source.url is None) == gone
    reached = {"article", "authors"} <= set(scope)
    assert (made.article.authors == FULL.article.authors) == (not reached)
    if set(scope) >= set(REACHED) - {"article"}:
        assert left_in(made, ["Quillax"]) == []
    if "ids" not in scope:
        assert [p.kind for p in done.problems].count("name-in-id") == 1


def left_in_values(values):
    """The values in whose representation the name stands."""
    return [value for value in values if "quillax" in repr(value).casefold()]


def test_one_word_of_the_scope_may_be_given_by_itself():
    assert "quillax-2" not in pseudonymise(FULL, key=KEY, scope="ids").thread
    assert pseudonymise(FULL, key=KEY, scope="text").thread.comments[0].text != "I, Quillax"


def test_parts_of_names_are_reached_in_every_text_where_that_is_asked_for():
    text = "Brodnik and Vastermol's, VASTERMOL, brodnik and vastermol, Xi-Tholm"
    comments = [Comment(str(n), None, author) for n, author in enumerate(PEOPLE)]
    thread = Thread(None, [*comments, Comment("x", None, None, text)])
    one, other = (pseudonym(PEOPLE[n], key=KEY) for n in (1, 9))
    made = pseudonymise(thread, key=KEY, parts=True).thread["x"].text
    assert made == f"{one} and {one}'s, {one}, brodnik and vastermol, {other}"


@pytest.mark.parametrize("parent", [lambda n: n - 1, lambda _: 0], ids=["chain", "fan"])
def test_a_chain_and_a_fan_of_many_lose_every_name(many, parent):
    comments = [
        Comment(str(n), str(parent(n)) if n else None, PEOPLE[n % 10], None if n % 50 else "@Quillax")
        for n in range(many)
    ]  # fmt: skip
    done = pseudonymise(Thread(None, comments), key=KEY)
    assert (done.people, done.names) == (10, many // 50)
    assert {c.text for c in done.thread} == {f"@{pseudonym(PEOPLE[0], key=KEY)}", None}
    assert len({c.author for c in done.thread}) == 10


@pytest.mark.parametrize("text_format", TextFormat)
def test_every_format_of_text_is_reached(text_format):
    comment = Comment("1", None, PEOPLE[0], "Quillax’s *Quillax*", text_format=text_format)
    made = pseudonymise(Thread(None, [comment]), key=KEY).thread["1"].text
    assert made == "Quillax’s *Quillax*".replace("Quillax", pseudonym(PEOPLE[0], key=KEY))


def test_what_stands_after_a_name_in_entities_is_not_moved():
    comment = Comment("1", None, PEOPLE[0], "&#81;uillax, <i>Quil</i>lax!", text_format="html")
    made = pseudonymise(Thread(None, [comment]), key=KEY).thread["1"].text
    assert made == "{0}, <i>{0}</i>!".format(pseudonym(PEOPLE[0], key=KEY))


def test_names_to_look_for_are_strings():
    with pytest.raises(FieldTypeError, match="strings"):
        residue(FULL, ["Quillax", None])
