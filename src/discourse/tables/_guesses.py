"""Guess what the columns of a table of comments hold, by their names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from .._problems import ProblemLog
from ..errors import FieldError, shown
from ._table_cells import Cells

#: The names of columns that each target is known by, best first, without case and what separates
#: words. They are those of dumps of Reddit (``link_id``, ``created_utc``), the New York Times
#: (``commentBody``, ``userDisplayName``), SOCC (``comment_counter``, ``posVotes``), Civil Comments
#: (``comment_text``), YouTube, Disqus, Coral, BigQuery's Hacker News, and of many a table of a
#: newsroom. A name may be guessed for several targets: the first in this order takes it.
_NAMES = {
    "path": "commentcounter",
    "id": "commentid id cid postid messageid tweetid statusid",
    "parent_id": "parentid parentcommentid parent parentcomment inreplyto inreplytoid replyto "
    "replytoid replytocommentid inreplytostatusid parentpostid idparent",
    "thread": "articleid storyid linkid submissionid threadid videoid discussionid topicid postid "
    "conversationid questionid issueid assetid pageid newsid thread",
    "article_title": "articletitle storytitle posttitle threadtitle videotitle submissiontitle "
    "linktitle topictitle",
    "article_url": "articleurl storyurl threadurl videourl submissionurl topicurl pageurl",
    "text": "commenttext commentbody text body commentcontent content message comment textoriginal "
    "textdisplay said kommentar",
    "author_name": "author authorname username user commentauthor authorusername screenname "
    "nickname handle commenter userdisplayname displayname by speaker autor postedby",
    "author_id": "authorid userid authorfullname authorchannelid iduser",
    "author_display_name": "authordisplayname userdisplayname displayname",
    "author_url": "authorurl userurl authorchannelurl",
    "author_avatar_url": "authoravatarurl avatarurl avatar authorprofileimageurl",
    "created_at": "createdat createdutc created createdate createddate creationdate commentdate "
    "commenttime publishedat postedat posted postdate posttime posteddate dateposted timestamp "
    "timestampms unixtimestamp datetime date time",
    "edited_at": "editedat lasteditedat",
    "is_edited": "isedited edited",
    "status": "status rating commentstatus",
    "score": "score points karma",
    "upvotes": "upvotes likes likecount numlikes posvotes positivevotes votesup thumbsup "
    "recommendations",
    "downvotes": "downvotes dislikes negvotes negativevotes votesdown thumbsdown",
    "reply_count": "replycount numreplies repliescount",
    "title": "title subject commenttitle headline",
    "url": "url permalink commenturl link",
    "language": "language lang",
}
_ALIASES = {"author": "author_name", "parent": "parent_id", "time": "created_at"}
_ALLOWED = frozenset(_NAMES) | {"author_is_bot", "author_bio", "article_text"}

#: How many columns that end up in meta a problem names.
_SHOWN = 10

_BETWEEN = re.compile(r"[^\w]+|_+")


@cache
def _plain(name: str) -> str:
    return _BETWEEN.sub("", name).casefold()


def guess_columns(names: Iterable[str]) -> dict[str, str]:
    """Return which columns of a table hold what, by the names that tables of comments have.

    The keys are those that `read` takes as *columns*. Case does not count, nor
    what separates words.

    >>> guess_columns(["commentID", "inReplyTo", "articleID", "commentBody", "sharing"])
    {'id': 'commentID', 'parent_id': 'inReplyTo', 'thread': 'articleID', 'text': 'commentBody'}
    """
    columns: dict[str, str] = {}
    for name in names:
        columns.setdefault(_plain(name), name)
    guesses: dict[str, str] = {}
    for target, known in _NAMES.items():
        for word in known.split():
            if word in columns:
                guesses[target] = columns.pop(word)
                break
    return guesses


def choose_columns(
    cells: Cells, count: int, columns: Mapping[str, str | None], log: ProblemLog
) -> dict[str, str]:
    """Return the column of each target, those of the caller first, and report what was guessed."""
    asked = {
        _ALIASES.get(target, target): name if name is None else str(name)  # pandas numbers columns
        for target, name in columns.items()
    }
    for target, name in asked.items():
        if target not in _ALLOWED:
            wanted = f"must have keys among {', '.join(sorted(_ALLOWED))}"
            raise FieldError("tables", "columns", target, wanted)
        if name is not None and name not in cells:
            wanted = f"must be a column of the table: {', '.join(cells)}"
            raise FieldError("tables", f"columns[{target!r}]", name, wanted)
    taken = {name for name in asked.values() if name is not None}
    guesses = guess_columns(name for name in cells if name not in taken)
    guesses = {target: name for target, name in guesses.items() if target not in asked}
    if "path" in guesses and ("id" in asked or "parent_id" in asked):
        del guesses["path"]
    if "path" in guesses:
        guesses.pop("id", None)
        guesses.pop("parent_id", None)
    chosen = {target: name for target, name in asked.items() if name is not None}
    _place_of_discussions(cells, count, chosen, guesses, asked)
    if guesses:
        others = [name for name in cells if name not in taken and name not in guesses.values()]
        log.add("guessed-columns", _report(guesses, others, chosen), values=(guesses,))
    elif cells and not asked:
        example = f"columns={{'text': {shown(next(iter(cells)))}}}"
        message = f"no column has a known name: say what they hold, as in {example}"
        log.add("no-columns", f"{message}; kept in meta: {_listed(list(cells))}")
    return chosen | guesses


def _place_of_discussions(
    cells: Cells,
    count: int,
    columns: dict[str, str],
    guesses: dict[str, str],
    asked: Mapping[str, str | None],
) -> None:
    """Move the guesses of titles and addresses that rows have in common to the article.

    An address that stands in several rows is the page's. It tells discussions apart where nothing
    else does. Titles that a few of many rows differ in are headlines.
    """
    known = columns | guesses
    if "url" in guesses and _repeats(cells[guesses["url"]]):
        url = guesses.pop("url")
        if "thread" not in known and "thread" not in asked:
            guesses["thread"] = url
        elif "article_url" not in known:
            guesses["article_url"] = url
    known = columns | guesses
    if "thread" not in known and "article_url" in guesses and "thread" not in asked:
        guesses["thread"] = guesses.pop("article_url")
    is_own = _plain(guesses.get("title", "")) == "commenttitle"
    if "title" in guesses and not is_own and "thread" in known and "article_title" not in known:
        pairs = set(
            zip(
                *(map(str, cells[name]) for name in (known["thread"], guesses["title"])),
                strict=True,
            )
        )
        threads = {thread for thread, _ in pairs}
        if 2 * len(pairs) <= count and len(pairs) <= 2 * len(threads):
            guesses["article_title"] = guesses.pop("title")


def _repeats(values: list[Any]) -> bool:
    known = [str(value) for value in values if value not in (None, "")]
    return len(known) > len(set(known))


def _report(guesses: Mapping[str, str], others: Sequence[str], known: Mapping[str, str]) -> str:
    pairs = ", ".join(f"{target} is {shown(name)}" for target, name in guesses.items())
    rest = ""
    if others:
        rest = f"; kept in meta: {_listed(others)}"
    has_parents = {"parent_id", "path"} & (guesses.keys() | known.keys())
    flat = "" if has_parents else "; no column was found for parents"
    return f"columns were guessed by their names: {pairs}{rest}{flat}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(shown, names[:_SHOWN])) + ", ..." * (len(names) > _SHOWN)
