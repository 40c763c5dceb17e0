"""Read a page that nobody named the format of: it may have its comments in several ways."""

from inspect import signature

import attrs

from ..errors import ParseError, Problem
from ._base import Format, Reading
from ._comment_systems import unread_comments
from ._registry import formats_of_page
from ._structured import richest


def read_page(text: str, chosen: Format, options: dict[str, object]) -> Reading:
    """Return the reading that tells most of a page, with what only the other ones tell.

    Args:
        text: The source of the page.
        chosen: The format that fits best; others whose markup the page has are tried too.
        options: What their parsers take; each gets those that it knows.

    Raises the `ParseError` of the first where none reads the page.
    """
    readings: list[Reading] = []
    errors = []
    for each in formats_of_page(text, chosen):
        try:
            taken = signature(each.parse).parameters
            own = {name: value for name, value in options.items() if name in taken}
            readings.append(each.parse(text, **own))
        except ParseError as error:
            errors.append(error)
    if not readings:
        unread = unread_comments(text)
        raise ParseError(unread, errors[0].place) if unread else errors[0]
    reading = richest(readings) if len(readings) > 1 else readings[0]
    if any(len(thread) for thread in reading.threads):
        return reading
    unread = unread_comments(text)
    if unread is None:
        return reading
    return attrs.evolve(reading, problems=(*reading.problems, Problem("unread-comments", unread)))
