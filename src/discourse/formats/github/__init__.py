"""GitHub's issues, pull requests and discussions: REST, GraphQL, webhooks, ``gh --json``.

Reads whatever has issues, pull requests, discussions or their comments in it: answers of REST
(lists, timelines, searches), GraphQL of any query, webhooks, events (GH Archive), ``gh issue view
--json``, files of Perceval, and of forges with the same API (Gitea, Forgejo). Read an issue and its
comments at once, ``read([issue, comments, reviews])``, and they are one thread: addresses in a
comment name its issue.

=====================================  ===========================================================
in the answer                          in the model
=====================================  ===========================================================
issue, pull request, discussion,       `Article`; its ``id`` is owner/repository#number, or
commit                                 owner/repository@commit. The others are in ``meta``.
``title``, ``html_url``, ``user``      ``title``, ``url``, ``authors``
``labels``                             ``tags``, their names
``comments`` (a number)                ``comment_count``, with ``review_comments``
comment, review, review comment        `Comment`
``id``, ``databaseId``, address        ``id``: the number, which REST and the address have; else
                                       the ``id`` of GraphQL; else one by position
``in_reply_to_id``, ``parent_id``,     ``parent_id``; a review comment that answers none hangs at
``replyTo``, nesting                   its review (``pull_request_review_id``)
``user``, ``author``                   ``author``; ``ghost`` and null are nobody; ``is_bot``
``body``                               ``text``, Markdown; else ``bodyHTML``, ``bodyText``
``created_at``, ``submitted_at``       ``created_at``
``lastEditedAt``                       ``edited_at``; ``includesCreatedEdit`` is ``is_edited``.
                                       ``updated_at`` stays in ``meta``: reactions change it, too.
``isMinimized``                        ``status`` hidden
``deletedAt``; action deleted          ``status`` deleted; removed where somebody else did it
reactions +1 and -1, ``upvoteCount``   ``upvotes``, ``downvotes``; of an article ``score``; all
                                       other reactions stay in ``meta``
``author_association``, ``state``      ``tags``: owner, member, ...; review, approved, ...
``isAnswer``, ``answer_html_url``      ``tags``: accepted-answer
``replies.totalCount``                 ``reply_count``, and a `Stub` for those that are not here
``pageInfo``                           a `Stub` with ``endCursor`` as cursor
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

Lost: addresses in the API, who looks (``viewerCanReact``), twins of texts, colours of labels, what
is known of a repository. Problems: ``not-recognised`` (events, reactions, people: one for all),
``made-id``, ``more-pages`` (a list of issues goes on), ``error-object``, and those of JSON and of
`Thread.repair`.

Reading order: `_shapes` (what an object is, whichever API it is of), `_values` (what its fields
say), `_reader` (threads of all objects).
"""

from ...errors import ParseError, Place
from .._base import Reading
from .._catalogue import catalogued
from .._kit import documents, with_claimed
from ._reader import Reader


def parse(text: str) -> Reading:
    """Read answers of GitHub, one or several."""
    reader = Reader()
    for path, value in documents(text, reader.builder.log):
        pages = value if isinstance(value, list) and value else [value]
        if not all(isinstance(page, list) for page in pages):
            pages = [value]  # and not the pages that ``gh api --paginate --slurp`` collects
        for page in pages:
            reader.take(reader.builder.roots(page, path))
    if not reader.count:
        raise ParseError("there is no issue and no comment of GitHub in it", Place(path="$"))
    return reader.reading()


FORMAT = catalogued("github", parse=parse, settle=with_claimed)
