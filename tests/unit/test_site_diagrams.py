"""The picture of the floors: drawn without a script from elsewhere, and with the floors that the contract has."""

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOUR = (ROOT / "docs" / "explanation" / "way-of-an-article.md").read_text(encoding="utf-8")
SMALL = """```mermaid
flowchart TB
    subgraph top["Side by side"]
        direction LR
        a["a/<br>one & two"]
        b["b/"]
    end
    c[("c/")]
    top --> c
```"""


@pytest.fixture(scope="module")
def diagrams() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_diagrams", ROOT / "docs" / "site_diagrams.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_floors_stand_one_above_the_other_with_an_arrow_between(diagrams: ModuleType) -> None:
    page = diagrams.with_drawings(f"before\n\n{SMALL}\n\nafter")
    assert page.startswith("before\n\n<figure")
    assert page.endswith("</figure>\n\nafter")
    words = re.findall(r">([^<>]+)</text>", page)
    assert words == ["Side by side", "a/", "one &amp; two", "b/", "c/"]
    tops = [float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)"', page)]
    assert tops[-1] > max(tops[:-1])
    assert page.count("<path") == 1
    assert "\n" not in page.split("\n\n")[1], "Markdown would end the figure at an empty line"


@pytest.mark.parametrize("line", ["a --> b", 'd{"a question"}', "classDef x fill:red"])
def test_what_cannot_be_drawn_fails_the_build(diagrams: ModuleType, line: str) -> None:
    with pytest.raises(diagrams.NotDrawable):
        diagrams.with_drawings(SMALL.replace("    top --> c", f"    top --> c\n    {line}"))


def test_every_diagram_of_the_docs_can_be_drawn(diagrams: ModuleType) -> None:
    for page in sorted((ROOT / "docs").rglob("*.md")):
        assert "```mermaid" not in diagrams.with_drawings(page.read_text(encoding="utf-8")), page


def test_the_floors_of_the_tour_are_those_of_the_contract(diagrams: ModuleType) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == "Imports point down")
    floor_of = {room: place for place, layer in enumerate(layers) for room in re.findall(r"\w+", layer)}
    source = TOUR.split("```mermaid\n")[1].split("```")[0]
    floors = [[re.sub(r"^bot/|/$", "", node[0]) for node in floor.nodes] for floor in diagrams.floors_of(source)]
    drawn = [room for floor in floors for room in floor]
    places = [floor_of[room] for room in drawn if room in floor_of]
    assert places == sorted(places), "a floor of the picture stands above one that may import it"
    assert {path.name for path in (ROOT / "bot").iterdir() if (path / "__init__.py").is_file()} <= set(drawn)
