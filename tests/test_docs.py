"""The documentation is whole: names, kinds of problems, formats, pictures and lists of pages.

What only built pages show (links, words for pictures, requests to elsewhere) is checked by
``docs/_check_pages.py``, which ``.ci/run`` runs.
"""

import ast
import importlib
import importlib.util
import re
import tomllib
from pathlib import Path

import attrs
import pytest

import discourse
from discourse.formats import available

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "discourse"
MODULES = sorted(
    f"discourse.{path.stem}"
    for path in SOURCE.iterdir()
    if re.fullmatch(r"[a-z]\w*(\.py)?", path.name)
    and (path.suffix == ".py" or path.joinpath("__init__.py").is_file())
)
PAGES = sorted(
    path
    for path in DOCS.rglob("*.md")
    if not {"_build", "_figures"} & {*path.parts} and path.parent.name != "formats"
)


def script(name):
    """A script of the documentation, as a module."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text(*parts):
    return DOCS.joinpath(*parts).read_text(encoding="utf-8")


def literals(node):
    """The strings that an expression can be, as far as it says so itself."""
    match node:
        case ast.Constant(str(word)):
            yield word
        case ast.IfExp(body=one, orelse=other):
            yield from literals(one)
            yield from literals(other)


def kinds_told():
    """Every kind of problem that the source names, and where."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found = []
            match node:
                case ast.FunctionDef() if "Problem(kind" in ast.unparse(node):
                    found = [
                        one.value
                        for one in ast.walk(node)
                        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "kind"
                    ]
                case ast.Call(func=ast.Name("Problem" | "Fix"), args=[first, *_]):
                    found = [first]
                case ast.Call(func=ast.Attribute(value=whose, attr="add"), args=[first, *_]):
                    found = [first] if ast.unparse(whose).endswith("log") else []
                case ast.Call(func=ast.Attribute(attr="skip"), args=[_, kind, *_]):
                    found = [kind]
                case ast.Call(
                    func=ast.Attribute(attr="_report" | "_tell") | ast.Name("tell"), args=[kind, *_]
                ):
                    found = [kind]
                case ast.Call(func=ast.Name("problem_at"), args=[_, kind, *_]):
                    found = [kind]
                case ast.Assign(value=ast.Tuple(elts=[kind, ast.Constant(str(words))])):
                    found = [kind] if " " in words else []
            kinds = (kind for one in found for kind in literals(one))
            yield from (
                (kind, path.name) for kind in kinds if re.fullmatch(r"[a-z]+(-[a-z]+)*", kind)
            )


# -- the reference -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_says_what_it_is(name):
    """Constants and aliases too: what says nothing of itself has no place in the reference."""
    told = script("_tables").first_sentences(name)
    assert set(told) == set(importlib.import_module(name).__all__)
    assert [public for public, words in told.items() if not words] == []


@pytest.mark.parametrize(
    "name", [name for name in MODULES if "{names}" in text("reference", f"{name[10:]}.md")]
)
def test_the_groups_of_a_reference_page_are_of_its_module_and_name_nothing_twice(name):
    page = text("reference", f"{name[10:]}.md")
    (groups,) = re.findall(rf"^```\{{names\}} {name}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    lines = script("_tables").names_tables(name, groups.splitlines())
    rows = [line for line in lines if line.startswith("| {py:obj}")]
    assert len(rows) == len(importlib.import_module(name).__all__)


def test_every_name_of_the_root_is_told_on_its_page():
    page = text("reference", "discourse.md")
    assert [name for name in discourse.__all__ if f"discourse.{name}`" not in page] == []


def test_the_page_of_threads_begins_with_all_that_a_thread_can_do():
    head = text("reference", "thread.md").partition("## The names")[0]
    names = [name for name in dir(discourse.Thread) if not name.startswith("_")]
    told = set(re.findall(r"`(?:discourse\.Thread\.)?(\w+)`", head))
    assert len(names) > 30 and [name for name in names if name not in told] == []


def test_every_kind_of_problem_is_told_in_the_reference():
    page = text("reference", "errors.md")
    missing = {(kind, where) for kind, where in kinds_told() if f"`{kind}`" not in page}
    assert missing == set()


def test_every_kind_of_problem_in_the_reference_is_one_of_the_source():
    rows = re.findall(r"^\| (`.+?`) \|", text("reference", "errors.md"), re.MULTILINE)
    kinds = {kind for row in rows for kind in re.findall(r"`([^`]+)`", row)}
    assert kinds - {kind for kind, _ in kinds_told()} == set()


def test_every_error_has_a_sentence_and_a_place_in_the_tree_of_errors():
    errors = [
        name
        for name in discourse.errors.__all__
        if isinstance(getattr(discourse.errors, name), type) and name.endswith("Error")
    ]
    assert len(errors) > 10
    assert [name for name in errors if name not in discourse.errors.__doc__] == []


def test_the_tables_of_the_schema_have_every_key_of_every_class():
    lines = script("_tables").schema_tables(discourse.json.schema())
    tables = "\n".join(lines).split("\n(json-")
    for cls in (discourse.Article, discourse.Author, discourse.Comment, discourse.Stub):
        (table,) = [one for one in tables if one.startswith(f"{cls.__name__.lower()})=")]
        keys = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
        assert keys == [field.name for field in attrs.fields(cls) if field.init]


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("timezone", "choose"), ("jupyter", "use-in-a-notebook"), ("plot", "draw"), ("csv", "read-table"),
        ("top commenters", "many-threads"), ("reddit", "read-reddit"), ("pandas", "tables"),
        ("deleted comments", "measure"), ("nested", "json"), ("depth", "measure"),
    ],
)  # fmt: skip
def test_what_people_search_for_is_an_entry_of_the_index_on_the_page_that_fits(words, page):
    """The search of the built pages puts entries of the index before all else."""
    entries = re.findall(r"^```\{index\} (.+)$", text("how-to", f"{page}.md"), re.MULTILINE)
    assert words in [entry for line in entries for entry in line.split(", ")]


# -- the pages -----------------------------------------------------------------------------------


def test_every_format_is_named_on_the_first_page_and_in_the_readme():
    names = [one.name for one in available() if one.parse.__module__.startswith("discourse.")]
    for page in (text("index.md"), (ROOT / "README.md").read_text(encoding="utf-8")):
        assert [name for name in names if f"`{name}`" not in page] == []


def test_every_page_is_in_a_table_of_contents():
    llms = script("_llms")
    found, pending = set(), [DOCS / "index.md"]
    while pending:
        page = pending.pop()
        found.add(page)
        pending += llms.toctree(page)
    assert {
        page for page in PAGES if "orphan: true" not in page.read_text(encoding="utf-8")
    } == found


def test_llms_txt_is_what_the_tables_of_contents_make():
    """If not, run ``python docs/_llms.py``."""
    assert text("llms.txt") == script("_llms").llms()


def test_the_class_diagram_is_what_the_classes_make_now():
    """If not, run ``python docs/_class_diagram.py``."""
    for path, picture in script("_class_diagram").pictures().items():
        assert path.read_text(encoding="utf-8") == picture


def test_every_picture_says_what_it_shows():
    wordless = [
        (page.name, shown)
        for page in PAGES
        for shown in re.findall(
            r"^:::\{(?:image|figure)\} (\S+)\n(?!(?::\w+:.*\n)*?:alt: \S)",
            page.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
    wordless += [(p.name, "![](") for p in PAGES if "![](" in p.read_text(encoding="utf-8")]
    assert wordless == []


def test_every_word_of_the_domain_model_is_in_the_glossary():
    words = re.findall(r"^(\w+)\n: ", text("explanation", "domain-model.md"), re.MULTILINE)
    assert len(words) > 10
    glossary = text("glossary.md")
    assert [word for word in words if f"\n{word.lower()}\n" not in glossary] == []


def test_every_rule_of_the_domain_model_names_an_error_or_a_kind_that_there_is():
    _, _, rules = text("explanation", "domain-model.md").partition("## Rules")
    named = set(re.findall(r"\{py:obj\}`discourse\.(\w+Error)`", rules))
    assert {name for name in named if not hasattr(discourse, name)} == set()
    kinds = {kind for kind, _ in kinds_told()}
    tree = {"duplicate", "orphan", "self-parent", "cycle", "stub-orphan"}
    assert tree <= kinds
    assert [kind for kind in tree if f"`{kind}`" not in rules] == []


def test_contributors_read_of_the_floors_that_there_are():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = (
        contract["layers"]
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )
    assert "```text\n" + "\n".join(layers) + "\n```" in text("contributing.md")


def bounds():
    """The bounds that modules keep as constants: their names, and how the page may write them."""
    for path in sorted(SOURCE.rglob("*.py")):
        for name in re.findall(r"^(M(?:AX|OST)_[A-Z_]+) = ", path.read_text("utf-8"), re.MULTILINE):
            parts = path.relative_to(SOURCE.parent).with_suffix("").parts
            value = getattr(importlib.import_module(".".join(parts)), name)
            sizes = {"GiB": 2**30, "MiB": 2**20}.items()
            yield name, {f"{value:,}", *(f"{value // size:,} {unit}" for unit, size in sizes)}


def test_every_bound_is_on_the_page_about_security_with_its_value():
    page = text("explanation", "security.md")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")]
    told = {(name, row[2].strip()) for row in rows for name in re.findall(r"`(\w+)`", row[4])}
    assert sum(1 for _ in bounds()) >= 10
    assert [name for name, words in bounds() if not told & {(name, word) for word in words}] == []
