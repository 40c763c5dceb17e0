"""Discussions in the words of schema.org: JSON-LD, microdata and RDFa, as search engines read them.

Reads pages and JSON-LD alone. Forums, blogs and sites of questions put such markup into their pages
for search engines: Stack Exchange, XenForo, Discourse, Drupal, themes of WordPress. Threads can be
written, as JSON-LD that may stand in a page.

=========================================  ========================================================
in the source                              in the model
=========================================  ========================================================
``Article``, ``DiscussionForumPosting``,   `Article`, if it has comments, claims some, or is a post
``SocialMediaPosting``, ``Question`` and   of a forum. Comments that name none answer the first of a
other things that can have comments        page, else what the head of the page says of itself
``Comment``, ``UserComments``,             `Comment`. Below a question without people or dates, as
``Answer``, ``Review`` of something        in answers to frequent questions, they are not read
``identifier``; ``id`` of the element;     ``Comment.id``: the number in it, such as ``7`` of
``@id``, ``url``                           ``.../#comment-7``, else all of it. Without any, ``n1``
                                           for the first comment, and so on (``no-id``)
``parentItem``; ``comment``,               ``Comment.parent_id``
``suggestedAnswer``, ``acceptedAnswer``
of what is answered
comments and lists inside each other       ``Comment.parent_id``, in microdata and RDFa
``text``, ``commentText``,                 ``text``. The text of an element is HTML, without the
``articleBody``, ``reviewBody``,           posts in it; that of JSON-LD is HTML where it has tags,
``description``                            unless ``encodingFormat`` says what it is
``author``, ``creator``                    ``author``, ``authors``. An ``alternateName`` is the
                                           ``name``, and the ``name`` the ``display_name``; a
                                           ``SoftwareApplication`` is a bot
``datePublished``, ``dateCreated``,        ``created_at``. Without a zone it is not known, unless
``commentTime``                            ``zone=`` says it; Stack Exchange's are UTC
``dateModified``                           ``edited_at``
``upvoteCount``, ``downvoteCount``         ``upvotes``, ``downvotes``; ``score`` of questions and
                                           answers, and where it is negative
``interactionStatistic``: likes,           ``upvotes``, ``downvotes``, ``score``; likes of an
dislikes, ``VoteAction``                   article are its ``score``
``commentCount``, ``answerCount``,         ``comment_count``, ``reply_count``. A `Stub` (``more``)
``CommentAction``, ``ReplyAction``         where fewer are here
comments of which only the id is here      a `Stub` (``more``) with ``ids``
``Answer``, ``acceptedAnswer``             ``tags``: ``answer``, ``accepted``
``creativeWorkStatus``                     ``status``: ``Deleted``, ``Removed``, ``Pending`` ...
``headline``, ``name``                     ``title``
``keywords``, ``inLanguage``, ``url``      ``tags``, ``language``, ``url``
``isPartOf``, ``publisher``                ``Article.site``
other properties                           ``meta``
=========================================  ========================================================

**A page that says things twice.** JSON-LD, microdata and RDFa are read apart. What has the most
comments is kept, and the others fill what it lacks: the fields of the article, and those of
comments with the same id.

**JSON-LD is read leniently**: line breaks in strings, commas before brackets and remarks are
repaired (``repaired-json-ld``).

Lost in reading: ``@context``, the context of words of other vocabularies, and, in a page, what is
no discussion. Lost in writing: see `LOSSES`.

Problems: ``no-id``, ``local-time``, ``bad-value``, ``bad-json-ld``, ``repaired-json-ld``, and those
of JSON and of `Thread.repair`.

Reading order: `_vocabulary`, `_html_items` and `_list_nesting` (pages), `_posts` (which objects are
posts, and what they answer), `_values`, `_post_fields`, `_reader`, `_posting_writer`.
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
