"""Reddit's API: listings of posts and comments, nested or flat, as ``.json`` pages have them.

Reads a page of comments (``/comments/ID.json``), answers of ``morechildren`` and ``api/info``,
listings of a subreddit, a user or an inbox, and the data of single posts and comments, as programs
on top of PRAW save them. Read a page with all of its ``morechildren`` answers and "continue this
thread" pages at once, ``read([page, more_1, more_2])``, and they are one thread. For dumps of
Pushshift and Arctic Shift see `pushshift`.

=====================================  ===========================================================
in the answer                          in the model
=====================================  ===========================================================
``t3``: ``id``, ``title``, ``author``  `Article` ``id``, ``title``, ``authors``
``permalink``, ``subreddit``           ``url``, ``site``; ``meta["url"]`` is what the post links to
``selftext``, ``link_flair_text``      ``text`` (Markdown), ``tags``
``num_comments``                       ``comment_count``
``t1``: ``id``, ``parent_id``          `Comment` ``id``, ``parent_id``, without their prefixes
``body``                               ``text``, or the ``status`` (below)
``author``, ``author_fullname``        ``author.name``, ``author.id``; ``[deleted]`` is no author
``created_utc``, ``edited``            ``created_at``; ``edited_at``, or ``is_edited`` alone
``score``                              ``score``; not known where ``score_hidden``
``ups``, ``downs``                     ``upvotes``, ``downvotes`` where ``score`` is not the same
``distinguished``, ``stickied``,       ``tags``: moderator, admin, special, pinned, by-author
``is_submitter``
``link_title``, ``link_permalink``...  in flat listings: ``title``, ``url``, ``authors`` of the
                                       post, which is not there
``more``                               a `Stub`: more, or continue ("continue this thread")
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

The text of a comment may be a placeholder: ``[deleted]`` (status deleted), ``[removed]`` and
``[ Removed by Reddit ]`` (removed), ``[unavailable]`` (hidden). Moderators see the text of what
``removed`` or ``banned_by`` (removed) and ``spam`` (spam) mark. An article has no status: its
placeholder stays in ``meta`` beside ``removed_by_category``.

Without ``raw_json=1`` the API escapes ``<``, ``>`` and ``&`` once more than it should; where HTML
in the answer shows that, it is undone.

Lost: HTML twins of texts, ``created`` (which is wrong), what concerns the reader (``likes``,
``saved``). Problems: ``not-recognised`` (messages, users), ``more-pages`` (the listing goes on),
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
    """Read what the API answered; several answers may follow each other."""
    things = Things("reddit")
    is_escaped = any(mark in text for mark in _ESCAPED)
    for path, answer in documents(text, things.builder.log):
        nodes = things.builder.roots(unescaped(answer) if is_escaped else answer, path)
        if nodes and not any("kind" in n or "json" in n or kind_of(n.data) for n in nodes):
            raise ParseError("this is not a thing or a listing of Reddit", Place(path=path))
        things.take(nodes)
    return things.reading()


FORMAT = catalogued("reddit", parse=parse, settle=settle)
