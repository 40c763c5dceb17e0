"""The pictures of the documentation are what the library draws."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_pictures_in_the_documentation_are_up_to_date():
    drawn = runpy.run_path(str(DOCS / "_draw.py"))["pictures"]()
    kept = {path.name: path.read_bytes().decode("utf-8") for path in DOCS.glob("_pictures/*")}
    assert {name: kept.get(name) for name in drawn} == drawn, "run: python docs/_draw.py"
