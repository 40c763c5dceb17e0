"""The key of a thread in a corpus: it is unique, and the same in a newer capture."""

from ..thread import Thread

_WHOLE_PLATFORM = {"reddit": "t3_"}
"""Platforms whose ids of articles are unique on all of the platform, with the prefix of a key."""


def thread_key(thread: Thread) -> str:
    """Return the key of a thread: the same for every capture of a discussion that has an id.

    On Reddit it is ``t3_`` and the id of the post. Elsewhere it is the site, a slash and the id of
    the article (without a site the platform, or the id alone); where there is no id, the address of
    the article; and where there is none either, `Thread.digest`, which another capture will not
    have.

    >>> thread_key(Thread(Article("Bridge to close", id="17", site="The Gull")))
    'The Gull/17'
    """
    article, source = thread.article, thread.source
    platform = source.platform if source is not None else None
    if article is None or (article.id is None and article.url is None):
        return f"sha256:{thread.digest()}"
    if article.id is None:
        return article.url or f"sha256:{thread.digest()}"
    if platform in _WHOLE_PLATFORM:
        return _WHOLE_PLATFORM[platform] + article.id
    where = article.site or platform
    return article.id if where is None else f"{where}/{article.id}"
