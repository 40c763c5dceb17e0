"""Directives that put tables made from the source into pages.

::

    ```{names} discourse.query         the public names, grouped as the lines of its content say
    ```{json-schema}                   the published JSON Schema
    ```{formats}                       what can be read and written
    ```{losses}                        what the formats that are written cannot hold
    ```{predicates}                    predicates in words, in Python and as JSON
    ```{corpus-columns} COMMENTS       the columns of a table of a corpus

Besides, constants and aliases of types are described where they are public: autodoc looks for their
docstrings only in the file that it was told of, and a package has them in files of its own.
"""

import sys
from importlib import import_module
from inspect import isclass, isroutine
from pathlib import Path
from pkgutil import iter_modules

from docutils import nodes
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import discourse.corpus
import discourse.json
from discourse.formats import available
from discourse.formats._catalogue import CATALOGUE

# The tables are made by a script that lies beside the pages.
sys.path.insert(0, str(Path(__file__).parents[1]))

import _tables

_MODULES = [
    f"discourse.{found.name}"
    for found in iter_modules(discourse.__path__)
    if not found.name.startswith("_")
]


class _Names(SphinxDirective):
    required_arguments = 1
    has_content = True

    def run(self):
        groups = [line for line in self.content if line.strip()]
        lines = _tables.names_tables(self.arguments[0], groups)
        tables = nodes.container("", *self.parse_text_to_nodes("\n".join(lines)), classes=["names"])
        return [tables]


class _Schema(SphinxDirective):
    def run(self):
        return self.parse_text_to_nodes("\n".join(_tables.schema_tables(discourse.json.schema())))


class _Formats(SphinxDirective):
    def run(self):
        return self.parse_text_to_nodes("\n".join(_tables.formats_table(_own_formats())))


class _Losses(SphinxDirective):
    def run(self):
        return self.parse_text_to_nodes("\n".join(_tables.losses_lists(_own_formats())))


class _Predicates(SphinxDirective):
    def run(self):
        return self.parse_text_to_nodes("\n".join(_tables.predicates_table()))


class _CorpusColumns(SphinxDirective):
    required_arguments = 1

    def run(self):
        columns = getattr(discourse.corpus, self.arguments[0])
        return self.parse_text_to_nodes("\n".join(_tables.columns_table(columns)))


def _own_formats():
    """The formats of this library, without those that other packages bring."""
    return [format for format in available() if format.parse.__module__.startswith("discourse.")]


def _write_format_pages(app):
    """Write a page for each format, of the docstring of its module."""
    folder = Path(app.srcdir) / "reference" / "formats"
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.md"):
        if path.stem not in CATALOGUE:
            path.unlink()
    for row in CATALOGUE.values():
        text = _tables.format_page(row)
        path = folder / f"{row.name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


# -- constants and aliases -------------------------------------------------------------------------


def _lend_docstrings(app):
    """Tell autodoc's reader of each public module what its constants and aliases say."""
    for module in _MODULES:
        analyzer = ModuleAnalyzer.for_module(module)
        analyzer.analyze()
        for name, words in _tables.docstrings(module).items():
            value = getattr(import_module(module), name)
            if not (isclass(value) or isroutine(value)):
                analyzer.attr_docs.setdefault(("", name), [*words.splitlines(), ""])


def setup(app):
    app.connect("builder-inited", _write_format_pages)
    app.add_directive("names", _Names)
    app.add_directive("json-schema", _Schema)
    app.add_directive("formats", _Formats)
    app.add_directive("losses", _Losses)
    app.add_directive("predicates", _Predicates)
    app.add_directive("corpus-columns", _CorpusColumns)
    app.connect("builder-inited", _lend_docstrings)
    return {"parallel_read_safe": True}
