"""What to say to somebody who asks a thread for something by another library's name."""

_NAMES = {
    "root": "a thread has thread.article, and thread.replies() are the top-level comments",
    "roots": "thread.replies() are the top-level comments",
    "children": "thread.replies(comment) are the direct replies to a comment",
    "nodes": "thread.comments has every comment",
    "utterances": "thread.comments has every comment",
    "edges": "each comment has its parent_id; thread.parent(comment) is the parent",
    "ids": "[comment.id for comment in thread] are the ids",
    "title": "thread.article.title is the title",
    "authors": "thread.article.authors wrote the article; each comment has its author",
    "height": "len(thread.levels()) is the number of levels",
    "max_depth": "len(thread.levels()) - 1 is the greatest depth",
    "to_dict": "discourse.json.to_dict(thread) gives plain dicts",
    "to_json": "discourse.dumps(thread) gives JSON",
    "add": "a thread never changes: discourse.edit.add(thread, comment) gives a new one",
    "append": "a thread never changes: discourse.edit.add(thread, comment) gives a new one",
    "remove": "a thread never changes: discourse.edit.remove(thread, comment) gives a new one",
    "dfs": 'thread.walk("depth-first") walks so',
    "bfs": 'thread.walk("breadth-first") walks so',
    "traverse": "thread.walk(order) walks the comments",
}


def missing_attribute(name: str) -> AttributeError:
    """Return the error for a name that a thread does not have, with what does the same."""
    hint = f": {_NAMES[name]}" if name in _NAMES else ""
    return AttributeError(f"'Thread' has no attribute {name!r}{hint}", name=name)
