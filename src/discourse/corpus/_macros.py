"""The views and macros of a corpus, in SQL that needs no recursion: subtrees are ranges.

DuckDB and Spark both run this SQL. In Spark a function's parameters are unknown in a ``with``.
"""

from typing import NamedTuple

VIEWS = {
    "comments": "select *, coalesce(author_id, author_name) as author_key from comment_rows",
    "threads": "select * from thread_rows",
    "problems": "select * from problem_rows",
    "replies": """
        select reply.thread_id, reply.id, reply.parent_id, reply.position, reply.parent_position,
            coalesce(reply.author_id, reply.author_name) as author_key,
            coalesce(parent.author_id, parent.author_name) as parent_author_key,
            reply.created_at, parent.created_at as parent_created_at
        from comment_rows reply join comment_rows parent
            on reply.thread_id = parent.thread_id and reply.parent_position = parent.position""",
}
"""The views, over the rows of the files."""


class Macro(NamedTuple):
    """A query with parameters, called like a table: ``from subtree('t1', 'c7')``."""

    name: str
    parameters: tuple[str, ...]
    query: str
    is_optional: bool = False
    """Whether a parameter that is not passed is null."""


MACROS = (
    Macro(
        "depth_histogram",
        ("thread",),
        """select depth, count(*) as comments from comment_rows
        where thread is null or thread_id = thread group by depth order by depth""",
        is_optional=True,
    ),
    Macro(
        "h_index",
        (),
        """select thread_id,
            coalesce(min(depth) filter (where width <= depth), max(depth) + 1, 0) as h_index
        from (select thread_id, depth, count(*) as width from comment_rows group by all)
            right join (select thread_id from thread_rows) using (thread_id)
        group by thread_id""",
    ),
    Macro(
        "structural_virality",
        (),
        """select thread_id, 2 * sum(size * (thread_size + 1 - size::bigint))::double
            / ((any_value(thread_size) + 1)::double * any_value(thread_size)) as structural_virality
        from comment_rows group by thread_id""",
    ),
    Macro(
        "reciprocity",
        (),
        """select thread_id,
            coalesce(sum(ways) filter (where ways = 2), 0)::double / sum(ways) as reciprocity
        from (
            select thread_id,
                max((author_key < parent_author_key)::int)
                    + max((author_key > parent_author_key)::int) as ways
            from replies where author_key <> parent_author_key
            group by thread_id, least(author_key, parent_author_key),
                greatest(author_key, parent_author_key)
        ) group by thread_id""",
    ),
    Macro(
        "subtree",
        ("thread", "comment"),
        """select comments.* from comments join (
            select position as top, size as count from comment_rows
            where thread_id = thread and id = comment
        ) on position between top and top + count - 1
        where thread_id = thread order by position""",
    ),
    Macro(
        "ancestors",
        ("thread", "comment"),
        """select comments.* from comments join (
            select position as below from comment_rows where thread_id = thread and id = comment
        ) on position < below and below < position + size
        where thread_id = thread order by position desc""",
    ),
    Macro(
        "path",
        ("thread", "one", "other"),
        """select comments.* from comments join (
            select a, b, coalesce(max(position) filter (
                where a between position and position + size - 1
                    and b between position and position + size - 1
            ), -1) as meet
            from comment_rows
                join (
                    select position as a from comment_rows where thread_id = thread and id = one
                ) on thread_id = thread
                join (
                    select position as b from comment_rows where thread_id = thread and id = other
                ) on thread_id = thread
            group by a, b
        ) on position >= meet and (a between position and position + size - 1
            or b between position and position + size - 1)
        where thread_id = thread
        order by case when position = meet then 1
                when a between position and position + size - 1 then 0 else 2 end,
            case when a between position and position + size - 1 then -position
                else position end""",
    ),
)
"""The macros, over the views and the rows."""
