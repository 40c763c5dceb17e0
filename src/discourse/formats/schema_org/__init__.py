"""Discussions in schema.org's vocabulary: JSON-LD, microdata and RDFa, as search engines read them.

Reads pages, and JSON-LD without a page. Forums, blogs and question sites add such markup for search
engines: Stack Exchange, XenForo, Discourse, Drupal, WordPress themes. Threads are written as
JSON-LD, which can be embedded in a page.

=========================================  ========================================================
in the source                              in the model
=========================================  ========================================================
``Article``, ``DiscussionForumPosting``,   `Article`, if it has comments, claims some, or is a post
``SocialMediaPosting``, ``Question`` and   of a forum. Comments without a parent answer the first
other things that can have comments        one of a page, else the page described by its head
``Comment``, ``UserComments``,             `Comment`. Not read below a question without people or
``Answer``, ``Review`` of something        dates, which is usually an FAQ
``identifier``; ``id`` of the element;     ``Comment.id``: the number in it, such as ``7`` of
``@id``, ``url``                           ``.../#comment-7``, else all of it. Without any, ``n1``
                                           for the first comment, and so on (``no-id``)
``parentItem``; ``comment``,               ``Comment.parent_id``
``suggestedAnswer``, ``acceptedAnswer``
of the parent
nested comments and lists                  ``Comment.parent_id``, in microdata and RDFa
``text``, ``commentText``,                 ``text``. The text of an element is HTML, without posts
``articleBody``, ``reviewBody``,           inside it; that of JSON-LD is HTML if it has tags,
``description``                            unless ``encodingFormat`` states the format
``author``, ``creator``                    ``author``, ``authors``. An ``alternateName`` is the
                                           ``name``, and the ``name`` the ``display_name``; a
                                           ``SoftwareApplication`` is a bot
``datePublished``, ``dateCreated``,        ``created_at``; ``zone=`` resolves times without a zone.
``commentTime``                            Stack Exchange's are UTC
``dateModified``                           ``edited_at``
``upvoteCount``, ``downvoteCount``         ``upvotes``, ``downvotes``; ``score`` for questions,
                                           answers and negative values
``interactionStatistic``: likes,           ``upvotes``, ``downvotes``, ``score``; likes of an
dislikes, ``VoteAction``                   article are its ``score``
``commentCount``, ``answerCount``,         ``comment_count``, ``reply_count``. A `Stub` (``more``)
``CommentAction``, ``ReplyAction``         if there are fewer
comments with only an id                   a `Stub` (``more``) with ``ids``
``Answer``, ``acceptedAnswer``             ``tags``: ``answer``, ``accepted``
``creativeWorkStatus``                     ``status``: ``Deleted``, ``Removed``, ``Pending`` ...
``headline``, ``name``                     ``title``
``keywords``, ``inLanguage``, ``url``      ``tags``, ``language``, ``url``
``isPartOf``, ``publisher``                ``Article.site``
other properties                           ``meta``
=========================================  ========================================================

**Duplicate markup.** JSON-LD, microdata and RDFa are read separately. The one with the most
comments is used, and the others supply the fields it lacks, for the article and for comments with
the same id.

**JSON-LD is read leniently**: line breaks in strings, commas before brackets and comments are
repaired (``repaired-json-ld``).

Lost in reading: ``@context``, terms of other vocabularies, and anything in a page other than a
discussion. Lost in writing: see `LOSSES`.

Problems: ``no-id``, ``local-time``, ``bad-value``, ``bad-json-ld``, ``repaired-json-ld``, and those
of JSON and of `Thread.repair`.

Reading order: `_vocabulary`, `_html_items` and `_list_nesting` (pages), `_posts` (finding posts and
their parents), `_values`, `_post_fields`, `_reader`, `_posting_writer`.
"""

from .._catalogue import catalogued
from ._posting_writer import LOSSES, holds, serialize, serialize_all
from ._reader import NAME, parse, settle

__all__ = ["FORMAT", "LOSSES", "NAME", "holds", "parse", "serialize", "serialize_all"]

FORMAT = catalogued(
    NAME,
    parse=parse,
    serialize=serialize,
    serialize_all=serialize_all,
    settle=settle,
    holds=holds,
    losses=LOSSES,
)
