"""RSS and Atom feeds: of comments, of posts with their number of comments, or of both.

Each post in a feed, and each post that its comments belong to, is a thread. Feeds show only the
newest entries, and mostly in that order: comments keep the order of the feed, with replies below
their parents.

=====================================  =========================================================
in the feed                            in the model
=====================================  =========================================================
``guid``, ``atom:id``                  ids: the number in ``...#comment-17`` or ``...?p=6``, else
                                       the whole identifier
``link``                               ``url``; without ``#...`` that of the article
``title`` of a comment feed            ``Article.title``, without "Comments on:"; in a feed of a
                                       whole site, the title in "Comment on ... by X"
``title`` of a comment                 ``Comment.title``, unless it only repeats names or the first
                                       words
``dc:creator``, ``atom:author``        ``author``; for Blogger's users, ``id`` is the number of
                                       their profile, and "Unknown" is not a name
``pubDate``, ``published``             ``created_at``; ``updated`` is ``edited_at`` if it differs
``content:encoded``, ``description``,  ``text``, HTML unless Atom declares plain text
``atom:content``
"In reply to <a href=#comment-N>"      ``parent_id``, and removed from the ``text``. RSS has the
                                       parent nowhere else. Recognised in any language by its link
``thr:in-reply-to``                    ``parent_id``, or the post
Blogger's ``link[rel=related]``        ``parent_id``
``slash:comments``, ``thr:total``,     ``Article.comment_count``
``thr:count``
``openSearch:totalResults``,           for a feed of one post's comments: ``Article.comment_count``,
``link[rel=next]``                     and a `Stub` if more follow; else the problem ``gap``
``category`` of a post                 ``Article.tags``
posts of a Discourse forum             comments of their topic, with the same ids as in
                                       `discourse.formats.discourse_forum`
Blogger's "removed"                    ``status``: deleted by its author, or removed by an
                                       administrator
the feed's own ``title``, ``link``     ``Thread.meta``; ``atom:link[rel=self]`` is ``Source.url``
=====================================  =========================================================

Comments are entries whose address is within a page (``#comment-17``), that name a parent, or that
Blogger calls comments. All others are posts. (Exports of Blogger are read as
`blogger-export <discourse.formats.blogger_export>`.) E-mail addresses are left out, unless
*contacts* is true (then in ``meta``). RSS 1.0 and pre-2005 Atom are read too.
"Anonymous", Blogger's word for authors without a name, is no author; ``meta["author"]`` has it.

If a feed states no parents at all, the ids of its comments are in ``Reading.inferred``: read
together with another capture, they get their parents from there.

Problems: ``local-time``, ``bad-time``, ``bad-value``, ``made-id``, ``maybe-reply`` (a text begins
with a link to another comment, but not in the form usual in this feed), ``protected`` (a password
form replaces the text), ``no-entries``, ``gap`` (the feed has more pages), ``truncated``, those of
malformed XML, and those of `Thread.repair`.
"""

from .._catalogue import catalogued
from .._kit import with_claimed
from ._feed_threads import NAME, parse

__all__ = ["FORMAT", "NAME", "parse"]


FORMAT = catalogued(NAME, parse=parse, settle=with_claimed)
