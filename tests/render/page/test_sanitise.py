"""HTML from outside: what a reader would see stays, within a short list of elements, well nested."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Comment, Thread
from discourse.render import html

TEXT = re.compile(r'<(?:div|p) class="t[ "][^>]*>(.*)</(?:div|p)>\n</article>', re.DOTALL)


def shown(text):
    """The HTML that a text becomes in a page."""
    page = html(Thread(None, [Comment("1", text=text, text_format="html")]))
    return TEXT.search(page)[1]


ELEMENTS = "p div ul ol li table tr td blockquote b i a span pre h2 details button x-y"
OUTER = ELEMENTS.split()
EMPTY = ["<br>", "<hr>", "<wbr>", "<input>", "<!-- c -->", "</p>", "</div>", "</table>", " ", "\n"]


@st.composite
def nested(draw):
    """Words in elements, which may not fit into each other; the words in their order."""
    words, made, open_ = [], [], []
    for step in draw(st.lists(st.sampled_from([*OUTER, *EMPTY, "word", "end"]), max_size=25)):
        if step == "word":
            words.append(f"w{len(words)}")
            made.append(f"{words[-1]} ")
        elif step == "end" and open_:
            made.append(f"</{open_.pop()}>")
        elif step in EMPTY:
            made.append(step)
        elif step in OUTER:
            open_.append(step)
            made.append(f"<{step} class=a id=b style=c onclick=d()>")
    return "".join(made), words


@given(nested())
@example(("<p>w0 <div>w1 </p>w2 </div><table>w3 <tr>w4 <li>w5 ", [f"w{n}" for n in range(6)]))
@example(("<ul><ul><li><p>w0 <b><p>w1 </b>w2 ", ["w0", "w1", "w2"]))
def test_no_word_is_lost_or_moved_and_none_run_together(check, drawn):
    text, words = drawn
    check(html(Thread(None, [Comment("1", text=text, text_format="html")])))
    assert re.findall(r"w\d+", unescape(re.sub("<[^>]*>", "", shown(text)))) == words


#: What may stand directly in what.
INSIDE = {"ul": {"li"}, "ol": {"li"}, "table": {"tr"}, "tr": {"td", "th"}}
NO_BLOCKS = {"p", "b", "i", "a"}
BLOCKS = {"p", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "pre", "hr"}


@given(nested())
def test_elements_stand_only_in_what_may_hold_them(drawn):
    open_ = []
    for slash, name, words in re.findall(r"<(/?)([a-z0-9]+)[^>]*>|([^<]+)", shown(drawn[0])):
        inner = open_[-1] if open_ else ""
        if slash:
            assert open_.pop() == name
            continue
        assert inner not in INSIDE or (not words and name in INSIDE[inner])
        assert not (name in BLOCKS and not NO_BLOCKS.isdisjoint(open_))
        assert not (name == "a" and "a" in open_)
        if name and name not in ("br", "hr"):
            open_.append(name)


@given(st.text("ab<>/&;=\"' !-p"), st.integers(0, 50))
def test_any_text_gives_balanced_html(check, text, depth):
    many = "<ul><li>" * depth + text
    check(html(Thread(None, [Comment("1", text=many, text_format="html")])))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "<p>plain</p>"),
        ("a &amp; b &lt;c&gt; &copy;", "<p>a &amp; b &lt;c&gt; \xa9</p>"),
        ("<p>One<p>Two", "<p>One</p><p>Two</p>"),
        ("<div>One</div>two", "<p>One</p><p>two</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("<p>one\ntwo</p>", "<p>one\ntwo</p>"),
        ("<b>a</b> <i>b</i>", "<p><b>a</b> <i>b</i></p>"),
        ("<strike>a</strike><tt>b</tt>", "<p><s>a</s><code>b</code></p>"),
        ("<span style='x'>a</span><font>b</font>", "<p>ab</p>"),
        ("<h1>T</h1>x", '<p class="h">T</p><p>x</p>'),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<li>a", "<p>a</p>"),
        ("<ol start=4><li>a</ol>", '<ol start="4"><li>a</li></ol>'),
        ("<ol start=-1><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<ol start=12345678901><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<blockquote>q</blockquote>a", "<blockquote><p>q</p></blockquote><p>a</p>"),
        ("<pre><code>a\n  b\n</code></pre>", '<pre tabindex="0"><code>a\n  b\n</code></pre>'),
        (
            "<table><tbody><tr><th>a<td>b</table>",
            '<table tabindex="0"><tr><th>a</th><td>b</td></tr></table>',
        ),
        ("<script>x</script><style>y</style><svg><path></svg>a", "<p>a</p>"),
        ("<noscript>x</noscript><template>y</template>a", "<p>a</p>"),
        ("<details><summary>s</summary>t</details>", "<p>s</p><p>t</p>"),
        ("<x-y>a</x-y>", "<p>a</p>"),
        ("<a name=x>a</a>", "<p>a</p>"),
        ("", "empty"),
        ("<p></p>", "empty"),
    ],
)
def test_html_becomes(text, expected):
    assert shown(text) == expected


def link(address, label):
    return f'<p><a href="{address}" rel="nofollow noopener ugc">{label}</a></p>'


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('<a href="https://e.example/?a=1&amp;b" target=_blank>x</a>', ("?a=1&amp;b", "x")),
        ('<a href=" HTTPS://e.example/ ">x</a>', None),
        ('<a href="ht\ntps://e.example/y">x</a>', ("y", "x")),
        ('<a href="//e.example/y">x</a>', ("y", "x")),
        ('<a href="https://e.example/"></a>', ("", "https://e.example/")),
        ('<a href="https://e.example/"><a href="/">x</a></a>', ("", "https://e.example/")),
        ('<img src="https://e.example/i.png" alt="a cat">', ("i.png", "[picture: a cat]")),
        ('<img src="https://e.example/i.png">', ("i.png", "[picture]")),
        ('<iframe src="https://e.example/v" title="T"></iframe>', ("v", "[embedded page: T]")),
        ('<video src="https://e.example/v">fallback</video>', ("v", "[film]")),
    ],
)
def test_links_lead_to_the_web_and_what_would_be_fetched_is_a_link(tag, expected):
    address, label = expected or ("", "x")
    made = shown(tag)
    assert made.lower().startswith(link(f"https://e.example/{address}", label)[:-4].lower())


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "&#106;avascript:x",
        "\x01javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc", "/here", "#c-1",
        "https:\\\\e.example", "https://e.example/\u202ex", "https://", "blob:https://e.example", "",
        "x:https://e.example", "https:e.example", "mailto:", "https://e.example/a b", "about:blank",
    ],
)  # fmt: skip
def test_other_addresses_lead_nowhere(address):
    assert shown(f'<a href="{address}">x</a>') == "<p>x</p>"


def test_mail_can_be_written():
    made = shown('<a href="mailto:a@e.example">x</a>')
    assert made == link("mailto:a@e.example", "x")


def test_signs_in_pictures_are_words():
    assert shown('Hi <img src="https://e.example/1.png" alt=":)"> you') == "<p>Hi :) you</p>"
    assert shown('<img alt="no address">') == "<p>no address</p>"
    assert shown("a<img src=x>b") == "<p>ab</p>"


@pytest.mark.parametrize("unit", ["<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<a><div>"])
def test_depth_is_bounded_and_costs_no_more_than_its_length(check, unit):
    text = unit * 5_000 + "x"
    check(html(Thread(None, [Comment("1", text=text, text_format="html")])))
    depth = deepest = 0
    for slash in re.findall(r"<(/?)(?!br|hr)[a-z]", shown(text)):
        depth += -1 if slash else 1
        deepest = max(deepest, depth)
    assert deepest <= 30


def test_what_other_peoples_payloads_do_is_nothing(check, shared):
    """Every line and every string of the hostile collections, in every place of a thread."""
    payloads = sorted({each for path in hostile(shared) for each in strings(path)})
    assert payloads
    for at in range(0, len(payloads), 500):
        some = payloads[at : at + 500]
        for kind in ("html", "text", "markdown"):
            rows = [_comment(n, each, kind) for n, each in enumerate(some)]
            check(html(Thread(None, rows), title=some[0]))


def hostile(shared):
    return [path for path in (shared / "hostile").rglob("*") if path.is_file()]


def strings(path):
    """The lines of a file, the whole of it, and the strings within quotes."""
    text = path.read_bytes().decode("utf-8", "replace").replace("\x00", "\ufffd")
    yield from (line for line in text.splitlines() if line.strip())
    yield text[:20_000] or "empty"
    for quoted in re.findall(r'"((?:[^"\\]|\\.)+)"', text):
        yield re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), quoted)


def _comment(number, payload, kind):
    return Comment(
        f"{number}{payload}", None, None, payload, text_format=kind, title=payload, url=payload,
        tags=[payload], language=payload, meta={"of": payload},
    )  # fmt: skip
