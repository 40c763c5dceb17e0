"""`dot` and `mermaid`: a thread in the languages of graph drawing programs."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from .._expect import expect_thread
from .._terminal.columns import cut
from ..errors import FieldError
from ..model import Article, Comment, Status
from ..plain import plain_text
from ..thread import Thread

_LONGEST_TEXT = 400  # characters of a text to consider: labels have no room for more

# -- Graphviz --------------------------------------------------------------------------------------

_DOT_WIDTH = 32
_DOT_STYLES = {
    Status.MISSING: ' style="rounded,dashed" color="#868e96" fontcolor="#5b6470"',
    Status.DELETED: ' color="#868e96" fontcolor="#5b6470"',
    Status.REMOVED: ' color="#868e96" fontcolor="#5b6470"',
}
_DOT_HEAD = """\
digraph discussion {
  rankdir=LR;
  node [shape=box style=rounded fontname="sans-serif" fontsize=10];
  edge [arrowhead=none color="#868e96"];
"""


def dot(thread: Thread, *, max_comments: int | None = None) -> str:
    r"""Return *thread* as a directed graph in DOT, for Graphviz.

    Edges lead from each comment to its replies, in the order of the thread. The article is the node
    ``article``, and ``thread.comments[n]`` is ``cn``. Labels have the author and the first words.
    Placeholders are dashed.

    Args:
        thread: The thread.
        max_comments: The most comments to draw: those nearest to the article. Another node has the
            number of the rest.

    Labels are cleaned and escaped. Graphviz is slow with some thousands of nodes; its fastest
    layout is ``twopi``. `svg` does not need Graphviz. O(n).

    >>> print(dot(Thread(Article("Bridge"), [Comment("1", None, Author("Ada"), 'Say "when"')])))
    digraph discussion {
      rankdir=LR;
      node [shape=box style=rounded fontname="sans-serif" fontsize=10];
      edge [arrowhead=none color="#868e96"];
      article [label="Bridge" penwidth=2];
      c0 [label="Ada\nSay \"when\""];
      article -> c0;
    }
    """
    expect_thread(thread)
    return _DOT_HEAD + "".join(f"  {line};\n" for line in _dot_lines(thread, max_comments)) + "}"


def _dot_lines(thread: Thread, most: int | None) -> Iterator[str]:
    yield f'article [label="{_dot_label(_title(thread.article, _DOT_WIDTH))}" penwidth=2]'
    for node in _nodes(thread, most):
        label = "\\n".join(map(_dot_label, _first_words(node.comment, _DOT_WIDTH)))
        yield f'{node.name} [label="{label}"{_DOT_STYLES.get(node.comment.status, "")}]'
        yield f"{node.parent} -> {node.name}"
    if most is not None and most < len(thread):
        yield f'left [label="{len(thread) - most:,} more" shape=plaintext]'
        yield "article -> left [style=dotted]"


def _dot_label(text: str) -> str:
    """Return cleaned text for a quoted label, where Graphviz interprets escapes and entities."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


# -- Mermaid ---------------------------------------------------------------------------------------

_MERMAID_WIDTH = 24


def mermaid(thread: Thread, *, max_comments: int | None = None) -> str:
    """Return *thread* as a Mermaid flowchart.

    Lines lead from each comment to its replies, in the order of the thread. The article is the node
    ``article``, and ``thread.comments[n]`` is ``cn``. Labels have the author and the first words.
    Placeholders are dashed.

    Args:
        thread: The thread.
        max_comments: The most comments to draw: those nearest to the article. Another node has the
            number of the rest.

    By default, Mermaid refuses more than 500 edges (``maxEdges``) or 50,000 characters
    (``maxTextSize``), and only the page can change that. ``max_comments=400`` stays within both for
    ordinary comments of about 60 characters. In labels, everything except letters, digits and
    spaces is escaped as a character code of up to 9 characters. O(n).

    >>> print(mermaid(Thread(Article("Bridge"), [Comment("1", None, Author("Ada"), "At last!")])))
    flowchart LR
    article(["Bridge"])
    article --- c0["Ada#58; At last#33;"]
    """
    expect_thread(thread)
    return "\n".join(("flowchart LR", *_mermaid_lines(thread, max_comments)))


def _mermaid_lines(thread: Thread, most: int | None) -> Iterator[str]:
    yield f'article(["{_mermaid_label(_title(thread.article, 2 * _MERMAID_WIDTH))}"])'
    missing = []
    for node in _nodes(thread, most):
        label = ": ".join(_first_words(node.comment, _MERMAID_WIDTH))
        yield f'{node.parent} --- {node.name}["{_mermaid_label(label) or "#160;"}"]'
        if node.comment.status is Status.MISSING:
            missing.append(node.name)
    if most is not None and most < len(thread):
        yield f'article -.- left["{_mermaid_label(f"{len(thread) - most:,} more")}"]'
    if missing:
        yield "classDef missing stroke-dasharray:4 3"
        yield f"class {','.join(missing)} missing"


def _mermaid_label(text: str) -> str:
    """Escape everything except letters, their marks, digits and spaces as character codes."""
    return "".join(
        char
        if char == " " or char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}
        else f"#{ord(char)};"
        for char in text
    )


# -- both ------------------------------------------------------------------------------------------


class _Node(NamedTuple):
    """A comment to draw."""

    comment: Comment
    name: str
    parent: str


def _nodes(thread: Thread, most: int | None) -> Iterator[_Node]:
    """Yield the *most* comments nearest to the article, in the order of the thread.

    It takes level after level, and the last one from its start, so the parent of each comment is
    included.
    """
    if most is not None and (type(most) is not int or most < 0):
        raise FieldError("render", "max_comments", most, "must be None or a non-negative int")
    depths = [thread.depth(comment) for comment in thread.comments]
    positions = list(range(len(depths)))
    if most is not None:
        positions = sorted(sorted(positions, key=depths.__getitem__)[:most])
    branch = ["article"]
    for position in positions:
        del branch[depths[position] + 1 :]
        node = _Node(thread.comments[position], f"c{position}", branch[-1])
        branch.append(node.name)
        yield node


def _title(article: Article | None, width: int) -> str:
    if article is None:
        return "Discussion"
    return cut(article.title or "(untitled)", width)


def _first_words(comment: Comment, width: int) -> Iterator[str]:
    """Yield the name of the author and the first words, if known."""
    author = comment.author
    name = "" if author is None else author.display_name or author.name or author.id or ""
    if comment.status is Status.MISSING:
        words = "(missing)"
    else:
        words = plain_text(comment, links=False) or comment.title or ""
        if comment.status is not Status.VISIBLE:
            words = f"({comment.status.value}) {words}".rstrip()
    yield from filter(None, (cut(name, width), cut(words[:_LONGEST_TEXT].strip(), width)))
