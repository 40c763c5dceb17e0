"""What to say to somebody who asks a thread for something by another library's name."""

_COMMENTS = "thread.comments has every comment"
_REPLIES = "thread.replies(comment) are the direct replies to a comment"
_TOP = "thread.replies() are the top-level comments"
_QUERY = "discourse.query.select(thread, predicate) gives the comments for which it holds"
_NEW = "a thread never changes: discourse.edit"

HINTS = {
    "root": "a thread has thread.article, and thread.replies() are the top-level comments",
    "roots": _TOP,
    "children": _REPLIES,
    "nodes": _COMMENTS,
    "utterances": _COMMENTS,
    "iter_utterances": _COMMENTS,
    "values": _COMMENTS,
    "items": "[(comment.id, comment) for comment in thread] are the pairs",
    "keys": "[comment.id for comment in thread] are the ids",
    "ids": "[comment.id for comment in thread] are the ids",
    "get_utterance": "thread[id] is the comment with that id, and thread.get(id) that or None",
    "edges": "each comment has its parent_id; thread.parent(comment) is the parent",
    "id": "thread.article.id is the id",
    "title": "thread.article.title is the title",
    "url": "thread.article.url is the address",
    "authors": "thread.article.authors wrote the article; each comment has its author",
    "speakers": "discourse.metrics.participation(thread) counts the comments of each person",
    "height": "len(thread.levels()) is the number of levels",
    "max_depth": "len(thread.levels()) - 1 is the greatest depth",
    "dict": "discourse.json.to_dict(thread) gives plain dicts",
    "to_dict": "discourse.json.to_dict(thread) gives plain dicts",
    "to_json": "discourse.dumps(thread) gives JSON",
    "to_rows": "discourse.tables.to_rows(thread) gives plain dicts",
    "to_csv": 'discourse.write(thread, "comments.csv") writes a table',
    "summary": "discourse.metrics.summary(thread) gives the figures",
    "filter": "discourse.query.filter(thread, predicate) gives a thread of what it holds for",
    "find": _QUERY,
    "search": _QUERY,
    "sort": "a thread never changes: thread.sorted(key) gives a new one",
    "add": f"{_NEW}.add(thread, comment) gives a new one",
    "append": f"{_NEW}.add(thread, comment) gives a new one",
    "remove": f"{_NEW}.remove(thread, comment) gives a new one",
    "replace": f"{_NEW}.replace(thread, comment, text=...) gives a new one",
    "dfs": 'thread.walk("depth-first") walks so',
    "bfs": 'thread.walk("breadth-first") walks so',
    "traverse": "thread.walk(order) walks the comments",
}
