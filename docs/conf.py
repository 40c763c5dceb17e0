"""How the documentation is built: ``python -m sphinx -n -W docs docs/_build/html``, offline.

Names in single backquotes in docstrings are links, and an error where there is nothing of that
name. Two things help them to be short: a name of `discourse` itself leads to the module where it is
described, and so does a public name without its module.
"""

import importlib
import pkgutil
import sys
import zlib
from pathlib import Path

from sphinx.ext.napoleon import GoogleDocstring

import discourse

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "discourse"
author = "The discourse-model authors"
copyright = "The discourse-model authors"
version = release = discourse.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx_copybutton",
    "from_source",
    "not_found",
    "readable",
]
exclude_patterns = ["_build", "_figures"]

# -- pages -----------------------------------------------------------------------------------------

html_theme = "furo"
html_title = f"discourse {release}"
html_show_sourcelink = False
html_copy_source = False
html_extra_path = ["llms.txt"]
html_static_path = ["_static"]
html_css_files = ["tables.css"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

# -- reference -------------------------------------------------------------------------------------

default_role = "py:obj"
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_preserve_defaults = False  # with True, the defaults of attrs classes show how they are made
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_inherit_docstrings = False
python_maximum_signature_line_length = 90
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"

nitpick_ignore_regex = [
    # Modules whose names begin with an underscore have no page.
    (r"py:.*", r"(.*\.)?_\w+(\.\w+)*"),
    # A bare name in lower case is an argument, or an attribute of what the sentence is about.
    (r"py:obj", r"[a-z_]+"),
    # One in capitals is a constant of the module that the sentence stands in.
    (r"py:obj", r"[A-Z_]+"),
]

# -- links to other projects -----------------------------------------------------------------------


def _inventory(name, version):
    """Make an inventory of the lines ``name domain:role address`` in a text file; return its path.

    Only what is linked to stands there, so that nothing is fetched while the pages are built.
    """
    lines = (HERE / "_inventories" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = "".join("{} {} 1 {} -\n".format(*line.split()) for line in lines)
    head = f"# Sphinx inventory version 2\n# Project: {name}\n# Version: {version}\n"
    head += "# The remainder of this file is compressed using zlib.\n"
    target = HERE / "_build" / "inventories" / f"{name}.inv"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(head.encode() + zlib.compress(rows.encode()))
    return str(target)


intersphinx_mapping = {
    "python": ("https://docs.python.org/3", _inventory("python", "3")),
    "attrs": ("https://www.attrs.org/en/stable", _inventory("attrs", "25.4")),
    "hypothesis": (
        "https://hypothesis.readthedocs.io/en/latest",
        _inventory("hypothesis", "6"),
    ),
    "duckdb": ("https://duckdb.org/docs/current/clients", _inventory("duckdb", "1")),
    "networkx": ("https://networkx.org/documentation/stable", _inventory("networkx", "3")),
    "pandas": ("https://pandas.pydata.org/docs", _inventory("pandas", "2")),
    "polars": ("https://docs.pola.rs", _inventory("polars", "1")),
    "pyarrow": ("https://arrow.apache.org/docs", _inventory("pyarrow", "18")),
    "pyspark": ("https://spark.apache.org/docs/latest/api/python", _inventory("pyspark", "4")),
    "cattrs": ("https://catt.rs/en/stable", _inventory("cattrs", "26.1")),
}

# -- short names -----------------------------------------------------------------------------------

_MODULES = [
    f"discourse.{found.name}"
    for found in pkgutil.iter_modules(discourse.__path__)
    if not found.name.startswith("_")
]
_HOMES = {
    name: f"{module}.{name}"
    for module in _MODULES
    for name in importlib.import_module(module).__all__
}


def _resolve_short_name(app, env, node, contnode):
    """Lead ``discourse.Thread`` and ``Thread`` to ``discourse.thread.Thread``."""
    if node.get("refdomain") != "py":
        return None
    name, dot, rest = node["reftarget"].removeprefix("discourse.").partition(".")
    if name not in _HOMES:
        return None
    target = f"{_HOMES[name]}{dot}{rest}"
    domain = env.get_domain("py")
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", target, node, contnode)


# -- sections of docstrings ------------------------------------------------------------------------


def _read_sections(app, what, name, obj, options, lines):
    """Read ``Args:`` and its like; but not in attributes, where a colon is a colon."""
    if what in {"class", "exception", "function", "method"}:
        lines[:] = GoogleDocstring(list(lines), what=what, name=name, obj=obj).lines()


def setup(app):
    app.connect("autodoc-process-docstring", _read_sections)
    app.connect("missing-reference", _resolve_short_name)
