"""What the reference shows of the source itself, as lines of Markdown: names, JSON Schema, formats.

Nothing here needs Sphinx, so that the tests can read the same tables (``_ext/from_source.py`` puts
them into the pages).
"""

import ast
import importlib
import inspect
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

from discourse.query import from_words, to_dict
from discourse.query._single import SINGLES

# -- names -----------------------------------------------------------------------------------------


def names_tables(module, groups):
    """The public names of *module*, a table a group; *groups* are lines ``Title: name name ...``.

    A name that no group has stands in a last one, so that none can be forgotten.
    """
    left = list(importlib.import_module(module).__all__)
    lines = []
    for group in groups:
        title, _, words = group.partition(":")
        unknown = [name for name in words.split() if name not in left]
        if unknown:
            raise ValueError(f"{module} has no {', '.join(unknown)}, or has it in two groups")
        left = [name for name in left if name not in words.split()]
        lines += _names_table(module, title.strip(), words.split())
    return lines + (_names_table(module, "Besides" if lines else "Name", left) if left else [])


def _names_table(module, title, names):
    told = first_sentences(module)
    rows = [f"| {{py:obj}}`~{module}.{name}` | {_cell(told[name])} |" for name in names]
    return ["", f"| {title} | |", "|---|---|", *rows]


def first_sentences(module):
    """What each public name of *module* says of itself in its first sentence."""
    return {name: _first_sentence(words) for name, words in docstrings(module).items()}


def docstrings(module):
    """What each public name of *module* says of itself: constants and aliases, too."""
    found = importlib.import_module(module)
    below = _said_below_names(Path(found.__file__))
    told = {}
    for name in found.__all__:
        value = getattr(found, name)
        if inspect.isclass(value) or inspect.isroutine(value):
            told[name] = inspect.getdoc(value) or ""
        else:
            told[name] = below.get(name) or _choices(value)
    return told


def _choices(value):
    """What can be said of an alias that says nothing of itself."""
    words = [f"``{word}``" for word in get_args(value) if isinstance(word, str)]
    return f"One of {', '.join(words)}." if words else ""


def _said_below_names(path):
    """The docstrings that stand below assignments, in the file or the package of a module.

    Some names of a package lie in a private module beside it.
    """
    files = [path]
    if path.name == "__init__.py":
        files = sorted(path.parents[1].glob("_*.py")) + sorted(path.parent.glob("*.py"))
    told = {}
    for file in files:
        body = ast.parse(file.read_text(encoding="utf-8")).body
        for here, after in pairwise(body):
            match here, after:
                case (
                    ast.AnnAssign(target=ast.Name(id=name))
                    | ast.Assign(targets=[ast.Name(id=name)]),
                    ast.Expr(ast.Constant(str(words))),
                ):
                    told[name] = inspect.cleandoc(words)
    return told


def _first_sentence(words):
    paragraph = " ".join(words.strip().split("\n\n")[0].split())
    return re.split(r"(?<=[.:])\s(?=[A-Z`*])", paragraph)[0].rstrip(":")


def _cell(words):
    """Words as they can stand in a cell: a bar would end it."""
    return words.replace("|", r"\|")


# -- JSON Schema -----------------------------------------------------------------------------------


def schema_tables(schema):
    """The definitions of a JSON Schema, a table each, the whole document first."""
    lines = _object("thread", "The document", schema)
    for name, made in schema["$defs"].items():
        if "enum" in made:
            words = ", ".join(f"`{word}`" for word in made["enum"])
            lines += ["", f"(json-{name.lower()})=", "", f"**{name}**: {made['description']}"]
            lines += ["", f"One of {words}."]
        else:
            lines += _object(name.lower(), name, made)
    return lines


def _object(target, title, made):
    lines = ["", f"(json-{target})=", "", f"**{title}**: {made['description']}"]
    if "properties" not in made:
        return lines
    required = made.get("required", [])
    lines += ["", "| key | holds | says |", "|---|---|---|"]
    for key, value in made["properties"].items():
        must = " (must be there)" if key in required else ""
        default = f"; `{value['default']}` if left out" if "default" in value else ""
        words = _cell(value.get("description", ""))
        lines.append(f"| `{key}`{must} | {_holds(value)}{default} | {words} |")
    if made.get("additionalProperties") is False:
        lines += ["", "Any other key is an error."]
    return lines


def _holds(value):
    if "const" in value:
        return f"`{value['const']}`"
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#json-{name.lower()})"
    if "anyOf" in value:
        return " or ".join(_holds(one) for one in reversed(value["anyOf"]))
    kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
    if "array" in kinds:
        each = "array, each once, of" if value.get("uniqueItems") else "array of"
        return f"{each} {_holds(value['items'])}"
    return " or ".join(_kind(kind, value) for kind in reversed(kinds))


def _kind(kind, value):
    if kind == "string" and value.get("format") == "date-time":
        return "RFC 3339 time with a zone"
    if kind == "string" and value.get("minLength"):
        return "string that is not empty"
    if kind == "integer" and value.get("minimum") == 0:
        return "integer from 0"
    return kind


# -- formats ---------------------------------------------------------------------------------------


def formats_table(formats):
    """What can be read and written, a row a format."""
    lines = [
        "| format | what it is | endings | read | streamed | written |",
        "|---|---|---|---|---|---|",
    ]
    for format in formats:
        endings = ", ".join(f"`{suffix}`" for suffix in format.suffixes)
        streamed = "yes" if format.stream is not None else ""
        written = "" if format.serialize is None else "yes" if not format.losses else "with losses"
        title = _cell(format.title)
        lines.append(f"| `{format.name}` | {title} | {endings} | yes | {streamed} | {written} |")
    return lines


def format_page(row):
    """The page of a format: its title, and what its module says."""
    return f"""# `{row.name}`: {row.title}

```{{eval-rst}}
.. automodule:: discourse.formats.{row.module}
   :members:
```
"""


def losses_lists(formats):
    """What the formats that are written cannot hold, a list each."""
    lines = []
    for format in formats:
        if format.serialize is not None:
            lines += ["", f"**`{format.name}`**, {format.title}:", ""]
            lines += [f"- {words}" for words in format.losses or ("nothing is lost",)]
    return lines


# -- predicates ------------------------------------------------------------------------------------


def columns_table(columns):
    """Return the lines of a table of the columns of a corpus."""
    lines = ["| column | holds | always | meaning |", "|---|---|---|---|"]
    for each in columns:
        always = "yes" if each.is_required else ""
        lines.append(f"| `{each.name}` | {each.kind} | {always} | {each.meaning} |")
    return lines


def predicates_table():
    """The examples that predicates are declared with: in words, in Python and as JSON."""
    lines = ["| in words | in Python | as JSON |", "|---|---|---|"]
    for phrase in [phrase for declared in SINGLES.values() for phrase in declared.examples]:
        predicate = from_words(phrase)
        cells = [phrase, repr(predicate), json.dumps(to_dict(predicate))]
        lines.append("| " + " | ".join(f"`{_cell(cell)}`" for cell in cells) + " |")
    return lines
