"""Reddit's API: listings of posts and comments, nested or flat, as in ``.json`` pages.

Reads a page of comments (``/comments/ID.json``), responses of ``morechildren`` and ``api/info``,
listings of a subreddit, user or inbox, and the data of single posts and comments, as saved by
programs that use PRAW. To get one thread, read a page together with all its ``morechildren``
responses and "continue this thread" pages: ``read([page, more_1, more_2])``. For dumps of Pushshift
and Arctic Shift, see `pushshift`.

=====================================  ===========================================================
in the response                        in the model
=====================================  ===========================================================
``t3``: ``id``, ``title``, ``author``  `Article` ``id``, ``title``, ``authors``
``permalink``, ``subreddit``           ``url``, ``site``; ``meta["url"]`` is what the post links to
``selftext``, ``link_flair_text``      ``text`` (Markdown), ``tags``
``num_comments``                       ``comment_count``
``t1``: ``id``, ``parent_id``          `Comment` ``id``, ``parent_id``, without their prefixes
``body``                               ``text``, or the ``status`` (below)
``author``, ``author_fullname``        ``author.name``, ``author.id``; ``[deleted]`` is unknown
``created_utc``, ``edited``            ``created_at``; ``edited_at``, or only ``is_edited``
``score``                              ``score``; unknown if ``score_hidden``
``ups``, ``downs``                     ``upvotes``, ``downvotes``, if ``score`` is not the same
``distinguished``, ``stickied``,       ``tags``: moderator, admin, special, pinned, by-author
``is_submitter``
``link_title``, ``link_permalink``...  in flat listings: ``title``, ``url``, ``authors`` of the
                                       missing post
``more``                               a `Stub`: more, or continue ("continue this thread")
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

Some texts are only markers: ``[deleted]`` (status deleted), ``[removed]`` and
``[ Removed by Reddit ]`` (removed), ``[unavailable]`` (hidden). Moderators get the texts of
comments marked ``removed`` or ``banned_by`` (removed) or ``spam`` (spam). An article has no status:
its marker stays in ``meta``, with ``removed_by_category``.

Without ``raw_json=1``, the API escapes ``<``, ``>`` and ``&`` once too often. If HTML in the
response shows this, it is undone.

Lost: HTML copies of texts, ``created`` (which is wrong), data about the logged-in user (``likes``,
``saved``). Problems: ``not-recognised`` (messages, users), ``more-pages`` (the listing continues),
``error-object``, ``no-id``, ``no-parent``, and those of JSON and of `Thread.repair`.
"""

from ..errors import ParseError, Place
from ._base import Reading
from ._catalogue import catalogued
from ._kit import documents
from ._reddit import Things, kind_of, settle, unescaped

#: Without ``raw_json=1``, HTML is escaped.
_ESCAPED = ('_html": "&lt;', '_html":"&lt;')


def parse(text: str) -> Reading:
    """Read one response of the API, or several in sequence."""
    things = Things("reddit")
    is_escaped = any(mark in text for mark in _ESCAPED)
    for path, answer in documents(text, things.builder.log):
        nodes = things.builder.roots(unescaped(answer) if is_escaped else answer, path)
        if nodes and not any("kind" in n or "json" in n or kind_of(n.data) for n in nodes):
            raise ParseError("this is not a thing or a listing of Reddit", Place(path=path))
        things.take(nodes)
    return things.reading()


FORMAT = catalogued("reddit", parse=parse, settle=settle)
