"""Bluesky (AT Protocol): threads, feeds, searches and records, as its services return them.

Reads responses of ``app.bsky.feed.getPostThread`` (nested, including parents) and
``app.bsky.unspecced.getPostThreadV2`` (flat), feeds and timelines, ``getPosts``, ``searchPosts``,
``getQuotes``, records (``com.atproto.repo.getRecord`` and ``listRecords``), commits of Jetstream,
and lists of any of these; also as the Python SDK dumps them (``py_type``, ``created_at``). The post
that starts a conversation is the article. Each reply names it, so each conversation is a thread.

=====================================  ===========================================================
in the response                        in the model
=====================================  ===========================================================
``uri``                                ``id``, in full; ``url`` is built from the handle and its end
``record.reply.parent``, ``.root``     ``parent_id``, and the id of the article
``author``: ``handle``, ``did``,       ``author``: ``name``, ``id``,
``displayName``, ``avatar``, ...       ``display_name``, ``avatar_url``, ``bio``; ``is_bot`` if a
                                       label says so; other keys in its ``meta``
``record.text``, ``record.langs``      ``text``, ``language`` (the first one)
``record.createdAt``                   ``created_at``: the time the client stated; ``indexedAt`` in
                                       ``meta`` is the server's time
``record.facets``                      ``meta["links"]``, ``meta["mentions"]`` (DIDs); hashtags are
                                       ``tags``, like ``#mills``; all of them in ``meta["record"]``
``labels``, self-labels                ``tags``; also ``pinned`` (in a feed), ``liked-by-author``
``likeCount``, ``replyCount``          ``upvotes``, ``reply_count``; ``score`` and ``meta`` of an
                                       article
``threadgate``: ``hiddenReplies``      ``status``: hidden
``notFoundPost``, ``blockedPost``      a `Stub`: not-found, blocked
``replyCount`` without ``replies``     a `Stub`: continue; ``moreReplies`` is one of kind more
other keys                             ``meta``, unless null or empty: counts, ``cid``, the embed as
                                       the server resolved it, ...
=====================================  ===========================================================

Lost: the state of the viewer (``viewer``), who reposted a post and when, the author of a blocked
post, and what a response repeats about a thread (``opThread``, ``grandparentAuthor``).

Problems: ``reposts``, ``more-pages`` (``cursor``), ``not-recognised`` (likes, profiles,
threadgates), ``no-id`` (a record without a URI), ``duplicate-conflict`` (a second copy of a post
has other content), and those of JSON and of `Thread.repair`.

Reading order: `_post_views` (the fields of a post), `_answers` (finding posts).
"""

from .._catalogue import catalogued
from ._answers import parse
from ._post_views import NAME

__all__ = ["FORMAT", "NAME", "parse"]

FORMAT = catalogued(NAME, parse=parse)
