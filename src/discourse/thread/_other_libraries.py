"""Hints for the attribute names of other libraries."""

_COMMENTS = "thread.comments has every comment"
_REPLIES = "thread.replies(comment) are the direct replies to a comment"
_TOP = "thread.replies() are the top-level comments"
_QUERY = "discourse.query.select(thread, predicate) returns the matching comments"
_NEW = "threads are immutable: discourse.edit"

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
    "get_utterance": "thread[id] is the comment with that id, and thread.get(id) may be None",
    "edges": "comment.parent_id is the id of the parent, thread.parent(comment) the parent",
    "id": "thread.article.id is the id",
    "title": "thread.article.title is the title",
    "url": "thread.article.url is the address",
    "authors": "thread.article.authors wrote the article; comment.author wrote a comment",
    "speakers": "discourse.metrics.participation(thread) counts the comments of each person",
    "height": "len(thread.levels()) is the number of levels",
    "max_depth": "len(thread.levels()) - 1 is the greatest depth",
    "dict": "discourse.json.to_dict(thread) returns plain dicts",
    "to_dict": "discourse.json.to_dict(thread) returns plain dicts",
    "to_json": "discourse.dumps(thread) returns JSON",
    "to_rows": "discourse.tables.to_rows(thread) returns plain dicts",
    "to_csv": 'discourse.write(thread, "comments.csv") writes a table',
    "summary": "discourse.metrics.summary(thread) returns the figures",
    "filter": "discourse.query.filter(thread, predicate) returns a thread of the matching comments",
    "find": _QUERY,
    "search": _QUERY,
    "sort": "threads are immutable: thread.sorted(key) returns a new one",
    "add": f"{_NEW}.add(thread, comment) returns a new one",
    "append": f"{_NEW}.add(thread, comment) returns a new one",
    "remove": f"{_NEW}.remove(thread, comment) returns a new one",
    "replace": f"{_NEW}.replace(thread, comment, text=...) returns a new one",
    "dfs": 'thread.walk("depth-first") walks depth first',
    "bfs": 'thread.walk("breadth-first") walks breadth first',
    "traverse": "thread.walk(order) walks the comments",
}
