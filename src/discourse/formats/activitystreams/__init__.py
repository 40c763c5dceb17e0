"""ActivityStreams 2.0 and ActivityPub: what servers of the fediverse send each other.

Reads notes, articles, pages, questions, events, videos and other objects; activities that carry
them; collections of both, such as ``replies``, an outbox, ``outbox.json`` in Mastodon's archive; of
Mastodon, Pleroma, Lemmy, PeerTube, Friendica, WordPress, Discourse, NodeBB and others; and
ActivityStreams 1.0 (``objectType``). The object that answers nothing is the article, and each
conversation is a thread. A file often holds one object alone: read all of them at once.
Threads can be written, as an ``OrderedCollection``.

=====================================  ===========================================================
in the object                          in the model
=====================================  ===========================================================
``id``, ``inReplyTo``, ``replies``     ``id``, ``parent_id``; of several names for a parent, the
                                       last one that is here. Without an ``id``, a reply has its
                                       ``url`` as its id, or its path in the file
``attributedTo``, ``actor``            ``author``, and ``authors`` of an article; an actor in the
                                       same file is looked up: ``preferredUsername``, ``name``,
                                       ``url``, ``icon``, ``summary``; ``Service`` is a bot
``content``, ``contentMap``            ``text``, and ``language`` if there is just one
``mediaType``                          ``text_format``; HTML without one
``name``; ``summary`` of a note        ``title``
``published``, ``updated``             ``created_at``, ``edited_at`` if it is another time
``url``                                ``url``, that of a page among several
``likes``, ``replies``: totals         ``upvotes``, ``reply_count``; ``score`` and
                                       ``comment_count`` of an article
``tag``, ``sensitive``                 ``tags``: hashtags, labels without a type, ``sensitive``
``to``, ``cc``                         ``tags``: ``private`` where the public is not among them
``Tombstone``, ``Delete``              ``status``: deleted; removed, if another actor deleted it
items that are addresses               a `Stub`: more
``first``, ``next``, or an address     a `Stub`: cursor, in ``replies``; else a problem
for the whole of ``replies``
``discourse:status`` and the like      what ActivityStreams has no word for; this library writes it
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

Lost in reading: ``@context``, signatures, the activity around an object, addresses and keys that
servers use to deliver. Lost in writing: see `LOSSES`.

Problems: ``bad-value`` (also what the rules of ActivityStreams forbid: read where it can be),
``more-pages``, ``reposts`` (``Announce``), ``not-recognised`` (other activities, actors, private
messages), ``made-id``, ``duplicate-conflict``, and those of JSON and of `Thread.repair`.

Reading order: `_vocabulary`, `_object_fields` (the fields of an object), `_activities` (which
objects there are), `_collection_writer`.
"""

from .._catalogue import catalogued
from .._kit import answering_article
from ._activities import NAME, parse
from ._collection_writer import LOSSES, holds, serialize

__all__ = ["FORMAT", "LOSSES", "NAME", "holds", "parse", "serialize"]

FORMAT = catalogued(
    NAME, parse=parse, serialize=serialize, settle=answering_article, holds=holds, losses=LOSSES
)
