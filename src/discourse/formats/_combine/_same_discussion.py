"""Group threads by discussion: by id, URL, title or text."""

from typing import TypeAlias

from ...model import Status
from ...thread import Thread
from .._catalogue import CATALOGUE

#: What identifies a discussion, the most reliable first.
_NAME, _TITLE, _TEXT, _ANSWERED, _NOTHING, _ALONE = range(6)

_Key: TypeAlias = tuple[int, str]


def discussions(threads: list[Thread]) -> list[list[int]]:
    """Return the positions of the threads of each discussion, in order."""
    groups: dict[_Key, list[int]] = {}
    sites = [_site(thread) for thread in threads]
    for position, thread in enumerate(threads):
        key = _known_by(thread, position)
        if key in groups and _are_of_two_sites(sites[groups[key][0]], sites[position]):
            key = (_NAME, f"{sites[position][0]} {key[1]}")
        groups.setdefault(key, []).append(position)
    _join_answers(groups, threads)
    _join_addresses(groups, threads)
    _join_titles(groups, threads)
    for kind in (_TITLE, _TEXT, _NOTHING):
        _join_the_only(kind, groups, threads)
    return sorted(map(sorted, groups.values()))


def _known_by(thread: Thread, position: int) -> _Key:
    article = thread.article
    if article is not None:
        name = article.id if article.id is not None else article.url
        if name is not None:
            return _NAME, name
        for kind, words in ((_TITLE, article.title), (_TEXT, article.text)):
            if folded := _folded(words):
                return kind, folded
    # Positions start anew in each input, and do not show that two threads belong together.
    if has_positions(thread):
        return _ALONE, str(position)
    row = CATALOGUE.get(_format(thread))
    if row is None or not row.has_articles_among_posts:
        return _NOTHING, ""
    # A conversation without its beginning has one placeholder at the top level.
    top = thread.replies()
    is_answer = len(top) == 1 and top[0].status is Status.MISSING
    return (_ANSWERED, top[0].id) if is_answer else (_ALONE, str(position))


def _format(thread: Thread) -> str:
    return (thread.source and thread.source.format) or ""


def _are_of_two_sites(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two articles with one id are of two sites, since sites number articles from 1.

    A different host is not enough: links in feeds may lead to a service that counts clicks.
    """
    return all(a and b and a != b for a, b in zip(one, other, strict=True))


def _site(thread: Thread) -> tuple[str, str]:
    """Return the host and title of an article, each empty if unknown."""
    article = thread.article
    if article is None:
        return "", ""
    host = (article.url or "").partition("://")[2].partition("/")[0]
    return host.casefold().removeprefix("www."), _folded(article.title)


def _folded(words: str | None) -> str:
    return " ".join((words or "").split()).casefold()


def has_positions(thread: Thread) -> bool:
    return thread.meta.get("ids") == "position"


def _join_answers(groups: dict[_Key, list[int]], threads: list[Thread]) -> None:
    """Join threads without a beginning to the discussion that has the post they reply to."""
    loose = [key for key in groups if key[0] == _ANSWERED]
    wanted = {id for _, id in loose}
    holders: dict[tuple[str, str], _Key] = {}
    for key, group in groups.items() if loose else ():
        for thread in map(threads.__getitem__, group):
            here = {c.id for c in thread if c.id in wanted and c.status is not Status.MISSING}
            if thread.article is not None and thread.article.id in wanted:
                here.add(thread.article.id)
            for id in here:
                holders.setdefault((_format(thread), id), key)
    joined: dict[_Key, _Key] = {}
    for key in loose:
        target = holders.get((_format(threads[groups[key][0]]), key[1]), key)
        while target in joined:  # shortens the chain, to follow it only once
            joined[target] = joined.get(joined[target], joined[target])
            target = joined[target]
        if target != key:
            groups[target] += groups.pop(key)
            joined[key] = target


def _join_addresses(groups: dict[_Key, list[int]], threads: list[Thread]) -> None:
    """Join threads with only a URL to the one discussion that has an id and that URL."""
    of: dict[str, set[_Key]] = {}
    for key, group in groups.items():
        for n in group:
            article = threads[n].article
            if article is not None and article.id is not None and article.url is not None:
                of.setdefault(article.url, set()).add(key)
    for url, keys in of.items():
        if len(keys) == 1 and (_NAME, url) in groups and (_NAME, url) not in keys:
            groups[min(keys)] += groups.pop((_NAME, url))


def _join_titles(groups: dict[_Key, list[int]], threads: list[Thread]) -> None:
    """Join threads with only a title to the only discussion with an id or URL, if it has it."""
    named = [key for key in groups if key[0] == _NAME]
    if len(named) == 1:
        group = groups[named[0]]
        for title in _titles(group, threads):
            group += groups.pop((_TITLE, title), ())


def _join_the_only(kind: int, groups: dict[_Key, list[int]], threads: list[Thread]) -> None:
    """Join the only group of a kind to the only discussion that is identified more reliably."""
    loose = [key for key in groups if key[0] == kind]
    firm = [key for key in groups if key[0] < kind]
    if len(loose) != 1 or len(firm) != 1:
        return
    joining, group = groups[loose[0]], groups[firm[0]]
    if kind == _TITLE and _titles(group, threads):
        return  # the titles differ, or they have been joined
    if not any(has_positions(threads[n]) for n in (*joining, *group)):
        group += groups.pop(loose[0])


def _titles(group: list[int], threads: list[Thread]) -> set[str]:
    articles = (threads[n].article for n in group)
    return {_folded(article.title) for article in articles if article is not None} - {""}
