"""Feeds, RSS and Atom: of comments, of posts with the number of their comments, or of both.

Each post that a feed holds, or that its comments belong to, is a thread. Feeds show the newest
entries only, and mostly in that order: comments come in the order of the feed, replies below what
they answer.

=====================================  =========================================================
in the feed                            in the model
=====================================  =========================================================
``guid``, ``atom:id``                  ids: of ``...#comment-17`` the number, of ``...?p=6`` that
                                       of the post; else all of it
``link``                               ``url``; without ``#...`` that of the article
``title`` of a comment feed            ``Article.title``, without "Comments on:"; where the feed is
                                       of a whole site, what "Comment on ... by X" names
``title`` of a comment                 ``Comment.title``, where it is more than a phrase made of
                                       the names, or the first words
``dc:creator``, ``atom:author``        ``author``; Blogger's users have the number of their profile
                                       as ``id``, and no name where it says "Unknown"
``pubDate``, ``published``             ``created_at``; ``updated`` is ``edited_at`` where it differs
``content:encoded``, ``description``,  ``text``, HTML; Atom may say that it is plain text
``atom:content``
"In reply to <a href=#comment-N>"      ``parent_id``, and no part of the ``text``: RSS has it
                                       nowhere else. In any language: the link and its place count
``thr:in-reply-to``                    ``parent_id``, or the post
Blogger's ``link[rel=related]``        ``parent_id``
``slash:comments``, ``thr:total``,     ``Article.comment_count``
``thr:count``
``openSearch:totalResults``,           of a feed of one post's comments: ``Article.comment_count``,
``link[rel=next]``                     and a `Stub` where more follow; else the problem ``gap``
``category`` of a post                 ``Article.tags``
posts of a Discourse forum             comments of their topic, with the ids that
                                       `discourse.formats.discourse_forum` gives them
Blogger's "removed"                    ``status``: deleted by its author, or removed by an
                                       administrator
the feed's own ``title``, ``link``     ``Thread.meta``; ``atom:link[rel=self]`` is ``Source.url``
=====================================  =========================================================

Comments are entries whose address is one within a page (``#comment-17``), that say what they
answer, or that Blogger calls comments; all others are posts. (The exports of Blogger are read as
`blogger-export <discourse.formats.blogger_export>`.) E-mail addresses are left out, unless
*contacts* is true (then in ``meta``). RSS 1.0 and the Atom of before 2005 are read like the others.
"Anonymous", as Blogger calls whoever gave no name, is no author; ``meta["author"]`` has the word.

Where a feed tells of no comment what it answers, all their ids are in ``Reading.inferred``: read
together with another capture, their parents are as that has them.

Problem kinds: ``local-time``, ``bad-time``, ``bad-value``, ``made-id``, ``maybe-reply`` (a text
begins with a link to another comment, though not as the others of the feed do), ``protected`` (a
form for a password stands where the text would), ``no-entries``, ``gap`` (the feed has more pages),
``truncated``, those of reading XML that is not well-formed, and those of `Thread.repair`.
"""

from .._catalogue import catalogued
from .._kit import with_claimed
from ._feed_threads import NAME, parse

__all__ = ["FORMAT", "NAME", "parse"]


FORMAT = catalogued(NAME, parse=parse, settle=with_claimed)
