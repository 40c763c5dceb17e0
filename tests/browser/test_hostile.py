"""Texts made to take a page over do nothing in one: they are shown, or left out, and that is all.

Each payload is put wherever a thread holds text from outside, and the pages are opened twice: as
they are, and with their policy switched off, since that is the second fence and must not be needed.
Then everything in them is pointed at, focused and clicked, all but the links that lead out.
"""

import json
import re

import pytest

from discourse import Article, Author, Comment, Source, Status, Stub, TextFormat, Thread
from discourse.render import html, svg, timeline

#: Which elements a page may have; what is not here came from outside.
_NAMES = """a article b bdi blockquote body br button cite code dd del details dfn dialog div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr html i ins kbd li main mark meta nav ol
    p pre q s samp script section small span strong style sub summary sup table tbody td tfoot th
    thead time title tr u ul var wbr"""
ELEMENTS = set(_NAMES.split())
IN_PICTURES = {
    "svg",
    "title",
    "desc",
    "style",
    "g",
    "rect",
    "circle",
    "path",
    "line",
    "text",
    "tspan",
}

INVENTORY = """() => ({
  elements: [...new Set([...document.querySelectorAll("*")].map(each => each.localName))],
  once: ["script", "style", "title", "main", "head", "body"].map(
    name => document.querySelectorAll(`html > head ${name}, html > body ${name}, html > ${name}`).length),
  handlers: [...document.querySelectorAll("*")].flatMap(each => [...each.attributes])
    .filter(each => /^on|^style$|^src|^action|^formaction|^ping$|^xlink/i.test(each.name))
    .map(each => `${each.name}=${each.value}`),
  schemes: [...new Set([...document.querySelectorAll("[href]")].map(each => each.href)
    .map(href => String(href.baseVal ?? href).split(":")[0]))],
  around: [...document.body.children].map(each => each.localName).join(" "),
})"""

#: Set off every handler, focus and click everything, but for links that lead out of the page. Of
#: the links within it the first are enough: each makes the browser lay out the whole page again.
TOUCH = """() => {
  let within = 0;
  for (const each of [...document.querySelectorAll("*")]) {
    for (const { name } of [...each.attributes])
      if (/^on/i.test(name)) each.dispatchEvent(new Event(name.slice(2).toLowerCase()));
    if (each.tabIndex >= 0) each.focus({ preventScroll: true });
    const link = each.closest("a, area, [href]");
    const href = link?.getAttribute("href") ?? link?.getAttribute("xlink:href") ?? "#";
    if (/^(https?|mailto):/i.test(href.trim())) continue;
    if (link && href.startsWith("#") && ++within > 50) continue;
    each.click ? each.click() : each.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }
}"""


def threads_of(payloads):
    """Threads that hold each payload wherever one holds text from outside."""
    return [_thread(number, payload) for number, payload in enumerate(payloads)]


def _thread(number, p):
    author = Author(p, f"{p}{number}", display_name=p, url=p, avatar_url=p, bio=p, meta={p: p})
    bare = Author(p, url=p)
    shared = {"title": p, "url": p, "language": p, "tags": [p], "meta": {p: [p]}}
    comments = [
        Comment(f"{p}{n}", None if n == 0 else f"{p}0", author, p, text_format=kind, **shared)
        for n, kind in enumerate(TextFormat)
    ]
    in_words = f"It says: {p} and so on.\n\n> {p}\n\n- {p}"
    comments += [
        Comment("words", None, bare, in_words),
        Comment(
            "html", "words", bare, f"<p>It says: {p} and <b>so on</b>.</p>", text_format="html"
        ),
        Comment("open", "words", bare, f'<a href="{p}" title="{p}">{p}<i>', text_format="html"),
        Comment(
            "quoted", "words", bare, f"<a href='{p}'><img src='{p}' alt='{p}'>", text_format="html"
        ),
        Comment("markdown", "words", bare, f"*{p}* [{p}]({p} '{p}')", text_format="markdown"),
        Comment("lost", f"{p}0", bare, status=Status.MISSING),
    ]
    article = Article(
        p, id=p, url=p, authors=[author, bare], text=p, site=p, captions=[p], language=p, tags=[p],
        text_format=list(TextFormat)[number % len(TextFormat)], meta={p: p},
    )  # fmt: skip
    return Thread(
        article,
        comments,
        stubs=[Stub(f"{p}0", ids=[f"{p}x"], cursor=p)],
        source=Source(p, platform=p, url=p, version=p, digest=p),
        meta={p: p},
    )


def touched(visit):
    """Everything in the page is pointed at, focused and clicked; the troubles that came of it."""
    visit.page.evaluate(TOUCH)
    for key in ("j", "Enter", "ArrowLeft", "u", "k", "?", "Escape"):
        visit.page.keyboard.press(key)
    for place in range(0, 800, 160):
        visit.page.mouse.move(place, place)
    return visit.settle()


def assert_inert(show, page, **options):
    with show(page, **options) as visit:
        found = visit.page.evaluate(INVENTORY)
        assert set(found["elements"]) <= ELEMENTS
        assert found["handlers"] == []
        assert set(found["schemes"]) <= {"http", "https", "mailto", "file"}
        assert found["once"] == [1, 1, 1, 1, 1, 1]
        assert re.fullmatch("a main (footer )?dialog script", found["around"])
        assert touched(visit) == []


FENCES = pytest.mark.parametrize(
    "bypass_csp", [False, True], ids=["as it is", "without its policy"]
)


@FENCES
def test_no_payload_does_anything_in_a_page(show, payloads, bypass_csp):
    page = html(threads_of(payloads), title=payloads[0])
    assert_inert(show, page, bypass_csp=bypass_csp)


@FENCES
@pytest.mark.parametrize("payload", ["</title><script>ran(1)</script>", '" onload=ran(1) x="'])
def test_no_payload_does_anything_in_the_page_of_one_thread(show, payload, bypass_csp):
    assert_inert(show, html(threads_of([payload])[0]), bypass_csp=bypass_csp)
    assert_inert(show, html(threads_of([payload])[0], title=payload), bypass_csp=bypass_csp)


@FENCES
@pytest.mark.parametrize("collection", ["dompurify", "csv-injection", "defusedxml"])
def test_nothing_of_the_hostile_collections_does_anything_in_a_page(
    show, shared, collection, bypass_csp
):
    payloads = collected(shared / "hostile" / collection)
    if not payloads:
        pytest.skip(f"hostile/{collection} has no payloads here")
    for start in range(0, len(payloads), 150):
        page = html(threads_of(payloads[start : start + 150]))
        assert_inert(show, page, bypass_csp=bypass_csp)


def collected(folder):
    """The payloads in a folder: those of scripts that say which they are, and lines and files."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".mjs":
            given = re.findall(r'"payload"\s*:\s*("(?:[^"\\]|\\.)*")', path.read_text("utf-8"))
            found += [json.loads(each, strict=False) for each in given]
        elif path.suffix == ".xml" or path.name == "csv-payload.txt":
            text = path.read_bytes()[:4_000].decode("utf-8", "replace")
            found += [text, *text.splitlines()]
    return [each for each in dict.fromkeys(found) if each.strip() and len(each) < 10_000]


# -- pictures --------------------------------------------------------------------------------------

DRAWN = {
    "tree": lambda thread: svg(thread),
    "tree with labels": lambda thread: svg(thread, labels=True),
    "radial": lambda thread: svg(thread, layout="radial"),
    "timeline": lambda thread: timeline(thread),
}


def whole(payloads):
    """One thread of all payloads, since a picture shows one."""
    threads = threads_of(payloads)
    comments = [
        comment for thread in threads for comment in thread if comment.text_format == "html"
    ]
    distinct = {comment.id: comment for comment in comments}
    return Thread.repair(distinct.values(), article=threads[0].article).thread


@pytest.mark.parametrize("drawn", DRAWN)
def test_no_payload_does_anything_in_a_picture(show, payloads, drawn):
    for start in range(0, len(payloads), 40):
        picture = DRAWN[drawn](whole(payloads[start : start + 40]))
        with show(picture, suffix="svg") as visit:
            elements = "() => [...document.querySelectorAll('*')].map(each => each.localName)"
            assert set(visit.page.evaluate(elements)) <= IN_PICTURES
            assert touched(visit) == []


@pytest.mark.parametrize("drawn", DRAWN)
def test_no_payload_does_anything_in_a_page_that_has_pictures_in_it(show, payloads, drawn):
    pictures = [DRAWN[drawn](thread) for thread in threads_of(payloads)]
    page = "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>x</title><body>"
    with show(page + "".join(f"<div>{each}</div>" for each in pictures)) as visit:
        inside = """() => [...document.body.children].flatMap(div => [div.localName,
          ...[...div.querySelectorAll("*")].map(each => each.localName)])"""
        assert set(visit.page.evaluate(inside)) <= {"div", *IN_PICTURES}
        assert touched(visit) == []


# -- what has to be caught -------------------------------------------------------------------------

UNSAFE = {
    "a script": "<script>ran(1)</script>",
    "a handler": "<img src=data:, alt='' onerror=ran(1)>",
    "a handler of what is focused": "<p tabindex=0 onfocus=ran(1)>x</p>",
    "a handler of what is pointed at": "<p onmouseover=ran(1)>x</p>",
    "a link that is a script": "<a href='javascript:ran(1)'>x</a>",
    "a question": "<script>window.constructor.prototype; document.body.append(document.createElement('iframe')); frames[0].alert(1)</script>",
    "a picture from elsewhere": "<img src=https://evil.example/a.png alt=''>",
    "a style from elsewhere": "<style>@import 'https://evil.example/a.css'</style>",
    "a frame": "<iframe srcdoc='x' title=x></iframe>",
    "leading away": "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "a window": "<a href='about:blank' target=_blank>x</a>",
    "a form": "<form action=https://evil.example/><input type=submit></form>",
    "a drawing": "<svg><a href='javascript:ran(1)'><text y=9>x</text></a></svg>",
}


@pytest.mark.parametrize("unsafe", UNSAFE)
def test_an_unsafe_page_is_caught(show, unsafe):
    page = f"<!DOCTYPE html><html lang=en><title>x</title><main>{UNSAFE[unsafe]}</main>"
    with show(page) as visit:
        visit.is_expected = True
        visit.settle()
        if not visit.troubles:
            touched(visit)
        assert visit.tells("")


@pytest.mark.parametrize("hole", ["text", "name", "address"])
def test_a_page_that_forgot_to_escape_would_be_caught(show, hole):
    page = html(Thread(None, [Comment("1", None, Author("NAME", url="https://URL"), "TEXT")]))
    leak = {
        "text": ("TEXT", "<img src=x alt='' onerror=ran(1)>"),
        "name": ("NAME", "<b onclick=ran(1)>x</b>"),
        "address": ('href="https://URL"', 'href="javascript:ran(1)"'),
    }[hole]
    assert page.count(leak[0]) == 1
    for bypass_csp in (False, True):
        with show(page.replace(*leak), bypass_csp=bypass_csp) as visit:
            visit.is_expected = True
            touched(visit)
            assert visit.tells("RAN" if bypass_csp else "Policy")
