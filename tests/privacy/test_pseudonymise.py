"""Pseudonyms, case by case: what counts as somebody's name, and what each part of the scope does."""

import unicodedata

import pytest

from discourse import (
    Article,
    Author,
    Comment,
    FieldError,
    NotOneThreadError,
    Source,
    Status,
    Stub,
    Thread,
)  # fmt: skip
from discourse.privacy import pseudonym, pseudonymise, residue

KEY = bytes(range(32))


def decomposed(text):
    """Letters in as many pieces as Unicode has for them."""
    return unicodedata.normalize("NFD", text)


def said(text, *names, **options):
    """A text as it is after the authors of these names are replaced: each name is {its number}."""
    fields = {"text_format": options.pop("text_format", "text")}
    comments = [Comment(str(n), None, Author(name)) for n, name in enumerate(names)]
    done = pseudonymise(
        Thread(None, [*comments, Comment("x", None, None, text, **fields)]), key=KEY, **options
    )
    made = done.thread["x"].text
    for n, name in enumerate(names):
        made = made.replace(pseudonym(name, key=KEY), f"{{{n}}}")
    return made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Ada’s, Ada's and ADA'S", "{0}’s, {0}'s and {0}'s".replace("{0}'s", "{0}'s", 1)),
        ("(Ada), “Ada”; Ada-", "({0}), “{0}”; {0}-"),
        ("> Ada wrote:\n> no", "> {0} wrote:\n> no"),
        ("Adam, ada, Adas, xAda, Ada_", "Adam, ada, Adas, xAda, Ada_"),
        ("_Ada_, __Ada__, _Ada was here!_", "_{0}_, __{0}__, _{0} was here!_"),
        ("See _Ada\nAda_", "See _Ada\nAda_"),
        ("@ada @ADA ADA", "@{0} @{0} {0}"),
        ("#Ada /Ada/", "#{0} /{0}/"),
        ("https://x.example/u/ada?q=1", "https://x.example/u/{0}?q=1"),
    ],
)
def test_a_name_is_found_on_the_bounds_of_words(text, made):
    assert said(text, "Ada") == made.replace("ADA'S", "{0}'S").replace(
        "and {0}'s", "and {0}'S" if "ADA'S" in text else "and {0}'s"
    )


@pytest.mark.parametrize(
    ("text", "name", "made"),
    [
        ("王小明说得对，@王小明", "王小明", "{0}说得对，@{0}"),
        ("철수는 왔다", "철수", "{0}는 왔다"),
        (decomposed("철수와 영희"), "철수", decomposed("{0}와 영희")),
        ("철수와", decomposed("철수"), "{0}와"),
        (decomposed("ペドロが来た"), "ペドロ", decomposed("{0}が来た")),
        ("AYŞE YILMAZ, Ayşe Yılmaz", "Ayşe Yılmaz", "{0}, {0}"),
        ("Жанна права, Жаннапольск нет", "Жанна", "{0} права, Жаннапольск нет"),
        ("नीलम ने कहा, नीलमा", "नीलम", "{0} ने कहा, नीलमा"),
        ("قالت ليلى نعم", "ليلى", "قالت {0} نعم"),
        ("Zoe, ZOË, Zoe\u0308", "Zoë", "{0}, {0}, {0}"),
        ("A\u00add\u00ada? No.", "Ada", "A\u00add\u00ada? No."),
    ],
)
def test_names_of_any_script_are_found(text, name, made):
    assert said(text, name).replace("A\u00add\u00ada", "{x}") in {
        made, made.replace("A\u00add\u00ada", "{x}"), made.replace("A\u00add\u00ada", "{0}"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "made"),
    [
        ("Will you? I will. Will!", "Will", "Will you? I will. Will!"),
        ("@will and @Will", "Will", "@{0} and @{0}"),
        ("Will, you will.", "Will", "{0}, you will."),
        ("To Will: no", "Will", "To {0}: no"),
        ("Will wrote: no", "Will", "{0} wrote: no"),
        ("I may, in May", "may", "I may, in May"),
        ("a rose is a Rose", "Rose", "a rose is a {0}"),
        ("a rose is a Rose, @rose", "rose", "a rose is a Rose, @{0}"),
        ("I said x, @x", "x", "I said x, @{0}"),
        ("in 2020, @2020", "2020", "in 2020, @{0}"),
        ("Bo and bo", "Bo", "{0} and bo"),
        ("the reader and The Reader", "The Reader", "the reader and {0}"),
        ("a concerned Armenian", "Concerned Armenian", "a concerned Armenian"),
        ("ada byron and ADA BYRON", "Ada Byron", "{0} and {0}"),
        ("nick_77, Nick_77, nick_777", "nick_77", "{0}, {0}, nick_777"),
        ("(anonymous) said", "Anonymous", "(anonymous) said"),
    ],
)
def test_names_that_are_words_do_not_eat_the_words(text, name, made):
    assert said(text, name) == made


def test_a_name_left_because_it_is_a_word_is_told():
    thread = Thread(None, [Comment("1", None, Author("Will"), "I will")])
    (problem,) = pseudonymise(thread, key=KEY).problems
    assert problem.kind == "plain-word" and "'Will'" in problem.message


def test_the_longest_name_wins():
    assert said("Ada Byron, Ada and Ada Byrons", "Ada", "Ada Byron") == "{1}, {0} and {0} Byrons"


def test_parts_of_names_are_reached_where_that_is_asked_for():
    text = "Ms. Greta, Oto's and greta"
    assert said(text, "Greta Oto") == text
    assert said(text, "Greta Oto", parts=True) == "Ms. {0}, {0}'s and greta"
    assert said("@greta yes", "Greta Oto") == "@{0} yes"


def test_quotations_are_reached_as_other_text_is():
    assert said("[quote=Will]I will[/quote]", "Will") == "[quote={0}]I will[/quote]"
    assert said("> @Ada: no\n\nYes.", "Ada") == "> @{0}: no\n\nYes."
    html = "<blockquote><cite>Ada</cite> no</blockquote>"
    assert said(html, "Ada", text_format="html") == html.replace("Ada", "{0}")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("<p><b>Ada</b> Byron&rsquo;s</p>", "<p><b>{0}</b>&rsquo;s</p>"),
        ("Ada&nbsp;Byron", "{0}"),
        ("Ada<br>Byron", "{0}<br>"),
        (
            "<a href='/u/ada-byron' title=\"Ada Byron\">x</a>",
            "<a href='/u/{0}' title=\"{0}\">x</a>",
        ),
        ("<!-- Ada Byron --><i class=ada>y</i>", "<!-- {0} --><i class=ada>y</i>"),
        ("&lt;Ada Byron&gt;", "&lt;{0}&gt;"),
    ],
)
def test_names_in_html_are_replaced_and_its_tags_stay(text, made):
    assert said(text, "Ada Byron", text_format="html") == made


def test_who_is_called_and_unknown_gets_a_pseudonym_too():
    thread = Thread(None, [
        Comment("1", text="@Gerda Stein / Citizen\nno"), Comment("2", text="Gerda Stein is right."),
        Comment("3", text="@nobody, nobody is."),
    ])  # fmt: skip
    done = pseudonymise(thread, key=KEY)
    name = pseudonym("Gerda Stein / Citizen", key=KEY)
    assert done.thread["1"].text == f"@{name}\nno"
    assert done.thread["2"].text == f"{name} is right."
    assert done.thread["3"].text == f"@{pseudonym('nobody', key=KEY)}, nobody is."
    assert done.people == 2


def test_a_name_that_several_have_gets_a_pseudonym_of_its_own():
    one, two = Author("Ada", id="u1"), Author("ada", id="u2")
    thread = Thread(None, [Comment("1", None, one), Comment("2", None, two, "@Ada said")])
    done = pseudonymise(thread, key=KEY)
    assert [problem.kind for problem in done.problems] == ["ambiguous-name"]
    assert not {pseudonym(one, key=KEY), pseudonym(two, key=KEY)} & set(
        done.thread["2"].text.replace("@", "").split()
    )


def test_only_what_is_told_of_an_author_is_told_after():
    authors = [
        Author("Ada"), Author("Ada", id="u1", display_name="Countess", is_bot=False),
        Author(display_name="Countess"), Author(), Author(is_bot=True, bio="x"),
    ]  # fmt: skip
    thread = Thread(None, [Comment(str(n), None, author) for n, author in enumerate(authors)])
    made = [comment.author for comment in pseudonymise(thread, key=KEY).thread]
    one, both = pseudonym("Ada", key=KEY), pseudonym("u1", key=KEY)
    shown = pseudonym("Countess", key=KEY)
    assert made == [
        Author(one), Author(both, both, display_name=both, is_bot=False),
        Author(display_name=shown), Author(), Author(is_bot=True),
    ]  # fmt: skip


def full_thread():
    ada, eve = Author("Ada", url="u", avatar_url="a", bio="b", meta={"k": 1}), Author("Eve Stein")
    return Thread(
        Article(
            "Of Ada", id="7", url="https://x.example/ada", authors=[ada, eve], text="Eve Stein and Ada",
            captions=["Ada, left"], site="Ada's", tags={"Ada"}, meta={"k": "Ada"},
        ),
        [Comment("ada-1", None, ada, "@bo", title="Re: Ada", url="https://x.example/#1",
                 tags={"Ada", "x"}, meta={"ip": "192.0.2.7"}),
         Comment("2", "ada-1", status=Status.MISSING)],
        stubs=[Stub("2", ids=("ada-9",), cursor="Ada")],
        source=Source("json", url="https://x.example/of/ada"), meta={"k": "Ada"},
    )  # fmt: skip


def test_every_field_is_reached_and_what_is_dropped_is_told():
    done = pseudonymise(
        full_thread(), key=KEY, scope=["authors", "text", "urls", "meta", "article", "ids"]
    )
    thread = done.thread
    assert residue(thread, ["Ada", "Eve Stein", "bo"]) == ()
    assert {p.values[0]: p.values[1] for p in done.problems if p.kind == "dropped"} == {
        "author.url": 2, "author.avatar_url": 2, "author.bio": 2, "author.meta": 2,
        "article.url": 1, "article.meta": 1, "comment.url": 1, "comment.meta": 1,
        "stub.cursor": 1, "source.url": 1, "thread.meta": 1,
    }  # fmt: skip
    assert done.dropped == 15
    ada = pseudonym("Ada", key=KEY)
    assert thread.comments[0].tags == {ada, "x"}
    assert thread.article.captions == (f"{ada}, left",)
    assert thread.comments[1].status is Status.MISSING


def test_the_articles_authors_are_reached_where_they_comment_or_that_is_asked_for():
    ada, eve = (pseudonym(name, key=KEY) for name in ("Ada", "Eve Stein"))
    article = pseudonymise(full_thread(), key=KEY).thread.article
    assert [author.name for author in article.authors] == [ada, "Eve Stein"]
    assert article.text == f"Eve Stein and {ada}"
    scope = ["authors", "text", "article"]
    article = pseudonymise(full_thread(), key=KEY, scope=scope).thread.article
    assert [author.name for author in article.authors] == [ada, eve]
    assert (article.text, article.url) == (f"{eve} and {ada}", None)


def test_each_part_of_the_scope_can_be_left_out():
    thread = full_thread()
    assert pseudonymise(thread, key=KEY, scope=()).thread == thread
    only = pseudonymise(thread, key=KEY, scope="meta").thread
    assert only.meta == {} and only.comments[0].meta == {}
    assert (only.comments[0].text, only.comments[0].author) == ("@bo", thread.comments[0].author)
    kept = pseudonymise(thread, key=KEY, scope=["authors", "text"]).thread
    assert kept.comments[0].meta == {"ip": "192.0.2.7"}
    assert kept.comments[0].url == "https://x.example/#1"


def test_ids_that_hold_names_are_told_where_they_stay():
    problems = pseudonymise(full_thread(), key=KEY).problems
    assert [p.ids for p in problems if p.kind == "name-in-id"] == [("ada-1", "ada-9")]


def test_several_threads_come_back_in_order_and_one_is_asked_for_by_its_name():
    threads = [
        Thread(None, [Comment("1", None, Author("Ada"))]),
        Thread(None, [Comment("1", text="Ada?")]),
    ]
    done = pseudonymise(iter(threads), key=KEY)
    assert done.threads[1]["1"].text == f"{pseudonym('Ada', key=KEY)}?"
    with pytest.raises(NotOneThreadError):
        _ = done.thread
    assert pseudonymise([], key=KEY).threads == ()
    assert pseudonymise(Thread(), key=KEY).thread == Thread()


def test_a_refused_key_is_not_shown():
    with pytest.raises(FieldError, match="at least 16 bytes") as caught:
        pseudonymise(Thread(), key=b"swordfish")
    assert "swordfish" not in str(caught.value)
    with pytest.raises(TypeError, match="must be bytes") as wrong:
        pseudonymise(Thread(), key="swordfish" * 4)
    assert "swordfish" not in str(wrong.value)
    with pytest.raises(FieldError, match="id or a name"):
        pseudonym(Author(bio="x"), key=KEY)


@pytest.mark.parametrize(
    ("name", "text", "span"),
    [
        ("Ada Lovelace", "_Ada Lovelace_ knew.", (1, 13)),
        ("김철수", decomposed("김철수가 왔다"), (0, 8)),
        ("Yılmaz", "YILMAZ!", (0, 6)),
    ],
)
def test_a_name_left_in_emphasis_in_pieces_or_in_capitals_is_told(name, text, span):
    (left,) = residue(Thread(None, [Comment("1", text=text)]), [name])
    assert left.span == span


@pytest.mark.parametrize("order", [1, -1])
def test_a_name_that_is_the_pseudonym_of_another_person_does_not_change_it(order):
    ada = Author("Ada", id="u1")
    ours = pseudonym(ada, key=KEY)
    comments = [Comment("1", None, Author(ours)), Comment("2", None, ada)][::order]
    done = pseudonymise(Thread(None, comments), key=KEY)
    assert done.thread["2"].author.name == ours
    assert done.thread["1"].author.name != ours
    assert [problem.kind for problem in done.problems] == ["name-is-pseudonym"]
    assert pseudonymise(done.thread, key=KEY).thread == done.thread


def test_threads_may_have_names():
    thread = Thread(None, [Comment("1", None, Author("Ada"))])
    named = pseudonymise({"a.json": thread}, key=KEY)
    assert named == pseudonymise([thread], key=KEY)
    with pytest.raises(TypeError):
        pseudonymise([None], key=KEY)
