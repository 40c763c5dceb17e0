"""ActivityStreams 2.0 and ActivityPub: what servers of the fediverse send each other.

Reads notes, articles, pages, questions, events, videos and other objects; activities that carry
them; and collections of both, such as ``replies``, an outbox, or ``outbox.json`` in Mastodon's
archive. They may come from Mastodon, Pleroma, Lemmy, PeerTube, Friendica, WordPress, Discourse,
NodeBB and others, or be ActivityStreams 1.0 (``objectType``). An object that is not a reply is an
article, and each conversation is a thread. Files often contain a single object: read them together.
Threads are written as an ``OrderedCollection``.

=====================================  ===========================================================
in the object                          in the model
=====================================  ===========================================================
``id``, ``inReplyTo``, ``replies``     ``id``, ``parent_id``; if there are several parents, the
                                       last one that is present. A reply without an ``id`` has
                                       its ``url`` as its id, or its path in the file
``attributedTo``, ``actor``            ``author``, and ``authors`` of an article; an actor in the
                                       same file is looked up: ``preferredUsername``, ``name``,
                                       ``url``, ``icon``, ``summary``; ``Service`` is a bot
``content``, ``contentMap``            ``text``, and ``language`` if there is just one
``mediaType``                          ``text_format``; HTML without one
``name``; ``summary`` of a note        ``title``
``published``, ``updated``             ``created_at``, ``edited_at`` if it differs
``url``                                ``url``; the one of a page if there are several
``likes``, ``replies``: totals         ``upvotes``, ``reply_count``; ``score`` and
                                       ``comment_count`` of an article
``tag``, ``sensitive``                 ``tags``: hashtags, labels without a type, ``sensitive``
``to``, ``cc``                         ``tags``: ``private`` unless the public is among them
``Tombstone``, ``Delete``              ``status``: deleted; removed, if another actor deleted it
items that are addresses               a `Stub`: more
``first``, ``next``, or an address     a `Stub`: cursor, in ``replies``; else a problem
for the whole of ``replies``
``discourse:status`` and the like      fields that ActivityStreams lacks, as this library has them
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

Lost in reading: ``@context``, signatures, the activity around an object, and keys for delivery
between servers. Lost in writing: see `LOSSES`.

Problems: ``bad-value`` (also for invalid ActivityStreams that can still be read), ``more-pages``,
``reposts`` (``Announce``), ``not-recognised`` (other activities, actors, private messages),
``made-id``, ``duplicate-conflict``, and those of JSON and of `Thread.repair`.

Reading order: `_vocabulary`, `_object_fields` (the fields of an object), `_activities` (finding
objects), `_collection_writer`.
"""

from .._catalogue import catalogued
from .._kit import answering_article
from ._activities import NAME, parse
from ._collection_writer import LOSSES, holds, serialize

__all__ = ["FORMAT", "LOSSES", "NAME", "holds", "parse", "serialize"]

FORMAT = catalogued(
    NAME, parse=parse, serialize=serialize, settle=answering_article, holds=holds, losses=LOSSES
)
