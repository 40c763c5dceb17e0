"""Provide `dot`, a thread in the language of Graphviz."""

from collections.abc import Iterator

from .._expect import expect_thread
from ..model import Status
from ..thread import Thread
from ._graph_nodes import nearest, parents, said, title

_WIDTH = 32
_STYLES = {
    Status.MISSING: ' style="rounded,dashed" color="#868e96" fontcolor="#5b6470"',
    Status.DELETED: ' color="#868e96" fontcolor="#5b6470"',
    Status.REMOVED: ' color="#868e96" fontcolor="#5b6470"',
}
_HEAD = """\
digraph discussion {
  rankdir=LR;
  node [shape=box style=rounded fontname="sans-serif" fontsize=10];
  edge [arrowhead=none color="#868e96"];
"""


def dot(thread: Thread, *, max_comments: int | None = None) -> str:
    r"""Return *thread* as a directed graph in DOT, for Graphviz.

    An edge leads from each comment to its replies, in the order of the thread. The node of the
    article is called ``article``, that of ``thread.comments[n]`` ``cn``; a label has the author
    and the first words. Placeholders are dashed.

    Args:
        thread: What to draw.
        max_comments: Draw only so many comments, those nearest to the article; one more node says
            how many are not drawn.

    Labels are cleaned, and nothing in them is taken for an escape, an entity or an end. Graphviz
    itself takes long over some thousands of nodes; the program ``twopi`` is the quickest of its
    kind, and `svg` needs none. O(n).

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
    return _HEAD + "".join(f"  {line};\n" for line in _lines(thread, max_comments)) + "}"


def _lines(thread: Thread, most: int | None) -> Iterator[str]:
    taken, left = nearest(thread, most)
    yield f'article [label="{_quoted(title(thread.article, _WIDTH))}" penwidth=2]'
    for position, parent in zip(taken, parents(thread, taken), strict=True):
        comment = thread.comments[position]
        label = "\\n".join(_quoted(part) for part in said(comment, _WIDTH) if part)
        yield f'c{position} [label="{label}"{_STYLES.get(comment.status, "")}]'
        yield f"{'article' if parent is None else f'c{parent}'} -> c{position}"
    if left:
        yield f'left [label="{left:,} more" shape=plaintext]'
        yield "article -> left [style=dotted]"


def _quoted(text: str) -> str:
    """Return cleaned text for a quoted label: Graphviz reads escapes and entities in those."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
