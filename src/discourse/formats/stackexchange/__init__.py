"""Stack Exchange: files of the data dump, and responses of the API.

The dump of a site (archive.org, or "Data dump access" in the settings of an account) is a folder
with ``Posts.xml``, ``Comments.xml``, ``Users.xml`` and others. These belong together: read the
folder, ``read("mills.stackexchange.com")``, a zip of it, or a list of its files. A single file is
read as far as possible. From the API, version 2, any mixture of ``/questions``, ``/answers``,
``/posts`` and ``/comments`` is read, including nested objects.

======================================  ===========================================================
in the source                           in the model
======================================  ===========================================================
question: ``Id``, ``question_id``       `Article` ``id``, with the prefix ``p``
``Title``, ``Tags``, ``Body``           ``title``, ``tags``, ``text`` (HTML)
answer: ``Id``, ``answer_id``           `Comment` ``id``, prefix ``p``; top level, tagged ``answer``
``AcceptedAnswerId``, ``is_accepted``   the tag ``accepted`` of the answer
comment: ``Id``, ``comment_id``         `Comment` ``id``, with the prefix ``c``: comments and posts
                                        are numbered separately
``PostId``, ``post_id``                 ``parent_id`` if that is an answer; None for the question
``Text``, ``body``, ``body_markdown``   ``text`` (Markdown in the dump, HTML in the API)
``OwnerUserId``, ``UserId``, ``owner``  ``author.id``; ``Users.xml`` adds the name and the rest.
                                        A deleted user only has a name; -1 is a bot
``CreationDate``, ``LastEditDate``      ``created_at``, ``edited_at`` (UTC)
``Score``                               ``score``
``link``                                ``url``; its host is the ``site``
``ClosedDate``, ``CommunityOwnedDate``  the tags ``closed``, ``wiki``
everything else                         ``meta``
======================================  ===========================================================

Without ``Posts.xml``, it is unknown whether the post of a comment is a question or an answer: the
post becomes the article, with only its id. An answer whose question is missing, for example because
it was moved away, is in a thread whose article only has an id.

`discourse.formats.stream` yields a thread of ``Posts.xml`` once it has as many answers as its
question counts. It yields all others, and those of ``Comments.xml``, at the end.

Lost: tag wikis, revisions (``PostHistory.xml``), votes, badges and users who wrote nothing. A
problem of kind ``not-recognised`` counts them. Other problems: ``no-id``, ``more-pages`` (the API
has more), and those of XML, of JSON and of `Thread.repair`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO

import attrs

from ..._markup.xml import decoded, pieces
from ...errors import LimitError, ParseError, Place
from .._base import Reading
from .._catalogue import catalogued
from ._api_objects import take_answers
from ._dump_rows import order_of, rows
from ._site import Site

__all__ = ["FORMAT", "parse", "parse_parts", "stream"]

_BEGINS_JSON = re.compile(r"[\ufeff\s]*[\[{]")


def parse(text: str) -> Reading:
    """Read a file of a dump, or a response of the API."""
    return parse_parts([(None, text)])


def parse_parts(parts: Iterable[tuple[str | None, str]]) -> Reading:
    """Read files of a dump, or responses of the API, from one site."""
    site = Site()
    for name, text in sorted(parts, key=lambda part: order_of(part[1])):
        first = len(site.builder.log.problems)
        try:
            _take(site, text)
        except (LimitError, ParseError) as error:
            place = attrs.evolve(error.place or Place(offset=0), source=name)
            raise type(error)(error.message, place) from None
        problems = site.builder.log.problems
        for at in range(first, len(problems)) if name is not None else ():
            place = attrs.evolve(problems[at].place or Place(), source=name)
            problems[at] = attrs.evolve(problems[at], place=place)
    return site.reading()


def stream(file: IO[bytes]) -> Iterator[Reading]:
    """Yield a reading for each question of a ``Posts.xml`` of any size, and the rest at the end."""
    site = Site()
    chunks = decoded(file, site.builder.log)
    first = next(chunks, "")
    if _BEGINS_JSON.match(first):
        take_answers(site, "".join([first, *chunks]))
    else:
        yield from rows(site, chain([first], chunks), is_whole=True)
    yield site.reading()


def _take(site: Site, text: str) -> None:
    if _BEGINS_JSON.match(text):
        take_answers(site, text)
        return
    for _ in rows(site, pieces(text), is_whole=False):
        pass


FORMAT = catalogued("stackexchange", parse=parse, parse_parts=parse_parts, stream=stream)
