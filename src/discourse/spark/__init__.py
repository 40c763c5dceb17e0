"""Corpora on Apache Spark: functions over whole threads, SQL views, and a source of any format.

A corpus is plain Parquet, so Spark reads its rows without this module. The module adds what Spark
does not know: which rows are a thread, the views and macros of `discourse.corpus`, and the other
formats.

    from discourse import metrics, spark

    spark.create_views(session, "news.corpus")
    session.sql("select * from depth_histogram()").show()
    spark.map_threads(session.table("comments"), metrics.levels, "levels int").show()

Reading order: `_thread_rows`, `_map_threads`, `_sql_views`, `_data_source`.
"""

from ._data_source import register
from ._map_threads import map_threads
from ._sql_views import create_views
from ._thread_rows import thread_rows

__all__ = ["create_views", "map_threads", "register", "thread_rows"]
