"""The tree of HTML: one stretch of source for each element, whatever the source is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse._markup.html import attributes, tree, unescape

PIECES = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<li>",
        "</li>",
        "<ul>",
        "</ul>",
        "<b>",
        "</b>",
        "<a href=x>",
        "</a>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<br/>",
        "<svg>",
        "<path/>",
        "</svg>",
        "<title>",
        "</title>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<option>",
        "<select>",
        "</select>",
        "<form>",
        "</form>",
        "<textarea>",
        "</textarea>",
        "text",
        " ",
        "<",
        ">",
        '"',
        "'",
        "=",
        "&amp;",
        "&#",
        "<x y='",
        "</",
        "<!",
        "<html>",
        "<body>",
        "</body>",
    ]
)
SOUP = st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join)


def shape(source):
    """The tree as nested lists of names and texts."""
    made = tree(source)
    top = []
    places = {-1: top}
    for node, name in enumerate(made.names):
        into = places[made.parents[node]]
        if name:
            places[node] = [name]
            into.append(places[node])
        else:
            into.append(made.inner(node))
    return top


@given(SOUP)
def test_elements_are_nested_stretches_of_the_source(source):
    made = tree(source)
    for node in range(len(made)):
        parent = made.parents[node]
        assert parent < node < made.lasts[node] <= len(made)
        assert made.starts[node] <= made.opens[node] <= made.closes[node] <= made.ends[node]
        if parent >= 0:
            assert made.lasts[node] <= made.lasts[parent]
            assert made.opens[parent] <= made.starts[node]
            assert made.ends[node] <= made.closes[parent]


@given(SOUP)
def test_texts_come_in_order_and_do_not_overlap(source):
    made = tree(source)
    end = 0
    for node, name in enumerate(made.names):
        if not name:
            assert made.starts[node] >= end
            end = made.ends[node]
        made.attributes(node)
        made.string(node)


@given(st.text())
def test_what_has_no_tag_is_one_text(source):
    source = source.replace("<", "")
    assert shape(source) == ([source] if source else [])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ul><li>a<li>b</ul>c", [["ul", ["li", "a"], ["li", "b"]], "c"]),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", [["ul", ["li", "a", ["ul", ["li", "b"]]], ["li", "c"]]]),
        ("<p>a<p>b<div>c</div>", [["p", "a"], ["p", "b"], ["div", "c"]]),
        ("<dl><dt>a<dd>b<dt>c</dl>", [["dl", ["dt", "a"], ["dd", "b"], ["dt", "c"]]]),
        ("<div><span>a</div>b", [["div", ["span", "a"]], "b"]),
        ("<span><div>a</span>b</div>c", [["span", ["div", "a", "b"], "c"]]),
        ("<div><form><div>a</form>b</div>c</div>d",
         [["div", ["form", ["div", "a", "b"], "c"]], "d"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>d",
         [["table", ["tr", ["td", "a"], ["td", "b"]], ["tr", ["td", "c"]]], "d"]),
        ("<div><table><tr><td>a</div>b</table>c", [["div", ["table", ["tr", ["td", "a", "b"]]], "c"]]),
        ("<a href=x>a<a href=y>b</a>", [["a", "a"], ["a", "b"]]),
        ("<svg><path/><g>a</g></svg>b", [["svg", ["path"], ["g", "a"]], "b"]),
        ("<div/>a", [["div", "a"]]),
        ("a<br>b<img src=x>c", ["a", ["br"], "b", ["img"], "c"]),
        ("<script>a<b></script>c", [["script", "a<b>"], "c"]),
        ("<title>a<b></TITLE>c", [["title", "a<b>"], "c"]),
        ("a<!-- <b> -->c<!doctype x><?php ?></ x>d", ["a", "c", "d"]),
        ("a<!-->b", ["a", "b"]),
        ("a < b <3 c", ["a < b <3 c"]),
        ("a <é b <i>c</i>", ["a <é b ", ["i", "c"]]),
        ("a <b c", ["a <b c"]),
        ('<p title="a>b">c', [["p", "c"]]),
        ("<p title=it's>c", [["p", "c"]]),
        ('<p title="a>c', [["p", "c"]]),
        ("<HTML><head><title>t</title><body>a</body></html>b",
         [["html", ["head", ["title", "t"]], ["body", "a", "b"]]]),
        ("<html><html><body><body>a", [["html", ["body", "a"]]]),
        ("<option>a<option>b", [["option", "a"], ["option", "b"]]),
        ("<liclass even>a</li>b", [["liclass", "a", "b"]]),
    ],
)  # fmt: skip
def test_elements_end_as_in_browsers(source, expected):
    assert shape(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000,
        "<ul><li>" * 50_000,
        "<a <a " * 100_000,
        '<a b="' * 100_000,
        "<!--" * 100_000,
        "<" * 100_000,
        "<p>" + "".join(f"<b id={n}>" for n in range(20_000)) + "<p>x" * 20_000,
        "<table><tr><td>" * 30_000,
        "</x>" * 100_000,
        "<script>" * 100_000,
        "<a" + "=" * 100_000,
        "&" * 100_000 + "&#" + "9" * 100_000,
    ],
)
def test_depth_and_length_cost_what_they_are_long(source):
    made = tree(source)
    assert made.ends[-1] == len(source) if len(made) else True


def test_of_two_attributes_alike_the_first_counts():
    assert attributes('<li id="a" class=b CLASS="c" x>', "li") == {"id": "a", "class": "b", "x": ""}
    assert attributes('<li id="a"class="b"/>', "li") == {"id": "a", "class": "b"}


def test_addresses_keep_what_only_looks_like_a_reference():
    assert attributes('<a href="?a=1&copy=2&amp;b&#38;c">', "a") == {"href": "?a=1&copy=2&b&c"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&lt;&eacute;&#233;&#xE9;", "<ééé"),
        ("&#0000000000233;", "é"),
        ("&#" + "9" * 5000 + ";", "\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&unheard; & &", "&unheard; & &"),
        ("&copy 2020", "© 2020"),
    ],
)
def test_references_stand_for_characters(text, expected):
    assert unescape(text) == expected


def test_strings_are_one_line_without_what_is_not_seen():
    made = tree("<div>a<br>b<p>c</p> d <script>e</script><span>f</span>g</div>")
    assert made.string(0) == "a b c d fg"
