"""GitHub issues, pull requests and discussions: REST, GraphQL, webhooks, ``gh --json``.

Reads any JSON that contains issues, pull requests, discussions or their comments: responses of REST
(lists, timelines, searches), of any GraphQL query, webhooks, events (GH Archive), ``gh issue view
--json``, files of Perceval, and forges with the same API (Gitea, Forgejo). Read an issue together
with its comments, ``read([issue, comments, reviews])``, to get one thread: addresses in a comment
name its issue.

=====================================  ===========================================================
in the response                        in the model
=====================================  ===========================================================
issue, pull request, discussion,       `Article`; its ``id`` is owner/repository#number, or
commit                                 owner/repository@commit. The others are in ``meta``.
``title``, ``html_url``, ``user``      ``title``, ``url``, ``authors``
``labels``                             ``tags``: the names of the labels
``comments`` (a number)                ``comment_count``, with ``review_comments``
comment, review, review comment        `Comment`
``id``, ``databaseId``, address        ``id``: the number, which REST and the address have; else
                                       the GraphQL ``id``; else one by position
``in_reply_to_id``, ``parent_id``,     ``parent_id``; the parent of a top-level review comment is
``replyTo``, nesting                   its review (``pull_request_review_id``)
``user``, ``author``                   ``author``; unknown for ``ghost`` and null; ``is_bot``
``body``                               ``text``, Markdown; else ``bodyHTML``, ``bodyText``
``created_at``, ``submitted_at``       ``created_at``
``lastEditedAt``                       ``edited_at``; ``includesCreatedEdit`` is ``is_edited``.
                                       ``updated_at`` stays in ``meta``: reactions change it too
``isMinimized``                        ``status`` hidden
``deletedAt``; action deleted          ``status`` deleted, or removed if somebody else deleted it
reactions +1 and -1, ``upvoteCount``   ``upvotes``, ``downvotes``; of an article ``score``; all
                                       other reactions stay in ``meta``
``author_association``, ``state``      ``tags``: owner, member, ...; review, approved, ...
``isAnswer``, ``answer_html_url``      ``tags``: accepted-answer
``replies.totalCount``                 ``reply_count``, and a `Stub` for those that are missing
``pageInfo``                           a `Stub` with ``endCursor`` as cursor
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

Lost: API addresses, the state of the viewer (``viewerCanReact``), duplicate forms of texts, colours
of labels, facts about a repository. Problems: ``not-recognised`` (events, reactions, people; one
problem for all), ``made-id``, ``more-pages`` (a list of issues continues), ``error-object``, and
those of JSON and of `Thread.repair`.

Reading order: `_shapes` (what an object is, in any of the APIs), `_values` (its fields), `_reader`
(threads from all objects).
"""

from ...errors import ParseError, Place
from .._base import Reading
from .._catalogue import catalogued
from .._kit import documents, with_claimed
from ._reader import Reader


def parse(text: str) -> Reading:
    """Read one or several responses of GitHub."""
    reader = Reader()
    for path, value in documents(text, reader.builder.log):
        pages = value if isinstance(value, list) and value else [value]
        if not all(isinstance(page, list) for page in pages):
            pages = [value]  # unlike the pages that ``gh api --paginate --slurp`` collects
        for page in pages:
            reader.take(reader.builder.roots(page, path))
    if not reader.count:
        raise ParseError("there are no issues or comments of GitHub in it", Place(path="$"))
    return reader.reading()


FORMAT = catalogued("github", parse=parse, settle=with_claimed)
