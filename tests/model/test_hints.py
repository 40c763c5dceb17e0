"""Whoever asks for something by another library's name, or sets a field, is told what to use."""

import copy
import inspect
import pickle
import pydoc

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

import discourse
from discourse import Article, Author, Comment, Source, Stub, Thread

VALUES = {
    "comment": Comment("2", "1", Author("Ada"), "Yes."),
    "author": Author("Ada"),
    "article": Article("Bridge to close"),
    "thread": Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")]),
}

HINTED = [
    ("comment", "replies", "thread.replies(comment)"),
    ("comment", "children", "thread.replies(comment)"),
    ("comment", "parent", "thread.parent(comment)"),
    ("comment", "reply_to", "comment.parent_id"),
    ("comment", "depth", "thread.depth(comment)"),
    ("comment", "body", "comment.text"),
    ("comment", "content", "comment.text"),
    ("comment", "user", "comment.author"),
    ("comment", "speaker", "comment.author"),
    ("comment", "timestamp", "comment.created_at"),
    ("comment", "created_utc", "comment.created_at"),
    ("comment", "to_dict", "attrs.asdict(comment)"),
    ("author", "username", "author.name"),
    ("article", "author", "article.authors"),
    ("article", "comments", "thread.comments"),
    ("thread", "to_rows", "discourse.tables.to_rows(thread)"),
    ("thread", "filter", "discourse.query.filter(thread, predicate)"),
    ("thread", "find", "discourse.query.select(thread, predicate)"),
    ("thread", "search", "discourse.query.select(thread, predicate)"),
    ("thread", "summary", "discourse.metrics.summary(thread)"),
    ("thread", "id", "thread.article.id"),
    ("thread", "url", "thread.article.url"),
    ("thread", "replace", "discourse.edit.replace(thread, comment"),
    ("thread", "sort", "thread.sorted(key)"),
    ("thread", "get_utterance", "thread[id]"),
    ("thread", "iter_utterances", "thread.comments"),
    ("thread", "speakers", "discourse.metrics.participation(thread)"),
    ("thread", "dict", "discourse.json.to_dict(thread)"),
    ("thread", "keys", "comment.id for comment in thread"),
    ("thread", "items", "comment.id, comment"),
    ("thread", "values", "thread.comments"),
    ("thread", "children", "thread.replies(comment)"),
]


@pytest.mark.parametrize(("value", "name", "hint"), HINTED)
def test_another_librarys_name_is_no_attribute_and_says_what_to_use(value, name, hint):
    with pytest.raises(AttributeError, match="has no attribute") as caught:
        getattr(VALUES[value], name)
    cls = type(VALUES[value])
    assert str(caught.value).startswith(f"{cls.__name__!r} has no attribute {name!r}: ")
    assert hint in str(caught.value)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_names_that_have_only_a_hint_are_nowhere_else(value):
    cls = type(value)
    names = [name for kind, name, _ in HINTED if isinstance(value, type(VALUES[kind]))]
    assert not any(hasattr(value, name) or hasattr(cls, name) for name in names)
    assert not set(names) & (set(dir(value)) | set(dir(cls)))
    assert "<not here" not in pydoc.render_doc(cls)
    assert not set(names) & {name for name, _ in inspect.getmembers(value)}
    assert {field.name for field in attrs.fields(cls)} <= set(dir(value))
    assert set(dir(value)) == set(dir(pickle.loads(pickle.dumps(value))))
    assert copy.deepcopy(value) is value and pickle.loads(pickle.dumps(value)) == value
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        value.nonsense  # noqa: B018 - to be refused


def test_a_thread_has_doors_to_the_tables_and_graphs_of_other_libraries():
    thread, tables = VALUES["thread"], discourse.tables
    assert thread.to_pandas(plain=True).equals(tables.to_pandas(thread, plain=True))
    assert thread.to_polars(plain=True).equals(tables.to_polars(thread, plain=True))
    assert thread.to_arrow(plain=True).equals(tables.to_arrow(thread, plain=True))
    people = thread.to_networkx(of="authors")
    assert people.graph == tables.to_networkx(thread, of="authors").graph != {}
    assert "" in thread.to_networkx(article=True)


def test_every_hint_of_a_thread_names_what_is_there():
    """The expressions that are code for a thread as it stands are run."""
    thread, comment = VALUES["thread"], Comment("1")
    for said in (
        "thread.replies(comment)", "thread.parent(comment)", "thread.depth(comment)",
        "thread.ancestors(comment)", "thread.descendants(comment)", "thread.siblings(comment)",
        "discourse.json.to_dict(thread)", "discourse.tables.to_rows(thread)",
        "discourse.metrics.participation(thread)", "discourse.metrics.summary(thread)",
        "attrs.asdict(comment)",
        "discourse.query.select", "discourse.query.filter", "discourse.edit.replace",
        "thread.article.id", "thread.article.url", "len(thread.levels()) - 1",
    ):  # fmt: skip
        names = {"thread": thread, "comment": comment, "attrs": attrs, "discourse": discourse}
        eval(said, names)


# -- setting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "field", "hint"),
    [
        (
            Comment("1"),
            "text",
            "attrs.evolve(comment, text=...) returns a new one, discourse.edit.re",
        ),
        (Author("Ada"), "name", "attrs.evolve(author, name=...) returns a new one"),
        (Article("Bridge"), "title", "attrs.evolve(article, title=...) returns a new one"),
        (Source("json"), "url", "attrs.evolve(source, url=...) returns a new one"),
        (Stub("1"), "count", "attrs.evolve(stub, count=...) returns a new one"),
        (Thread(), "article", "attrs.evolve(thread, article=...) returns a new one"),
    ],
)
def test_setting_or_deleting_a_field_says_how_a_new_value_is_made(value, field, hint):
    for change in (lambda: setattr(value, field, "x"), lambda: delattr(value, field)):
        with pytest.raises(FrozenInstanceError) as caught:
            change()
        assert str(caught.value).startswith("values are immutable: ")
        assert hint in str(caught.value) and caught.value.msg == str(caught.value)
    assert value == attrs.evolve(value)


def test_setting_what_is_no_field_says_that_there_is_none():
    for value, name in ((Comment("1"), "body"), (Thread(), "_index"), (Comment("1"), "__class__")):
        with pytest.raises(AttributeError, match=f"has no field '{name}'"):
            setattr(value, name, "x")


# -- the root --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "where"),
    [
        *(("from_dict", "json"), ("to_pandas", "tables"), ("html", "render")),
        *(("summary", "metrics"), ("select", "query"), ("add", "edit"), ("id_text", "model")),
    ],
)
def test_what_is_in_a_module_is_not_at_the_root_which_says_where_it_is(name, where):
    with pytest.raises(AttributeError, match=rf"has no attribute '{name}': discourse\.{where}\."):
        getattr(discourse, name)
    assert hasattr(getattr(discourse, where), name)


def test_every_hint_of_the_root_names_what_is_there():
    for name, hint in discourse._ELSEWHERE.items():
        module, found = hint.split(maxsplit=1)[0].split(".")
        assert found == name and hasattr(getattr(discourse, module), name)
    with pytest.raises(AttributeError, match=r"no attribute 'nonsense'$"):
        discourse.nonsense  # noqa: B018 - to be refused
