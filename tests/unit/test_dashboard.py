"""The dashboard for Grafana shows metrics that exist."""

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from bot.metrics import Metrics

FILE = Path(__file__).parents[2] / "docs" / "examples" / "grafana-dashboard.json"
METRIC = re.compile(r"\bhearsay_\w+")


@pytest.fixture(scope="module")
def dashboard() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return made


def expressions(dashboard: dict[str, Any]) -> list[str]:
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def names_in(text: str) -> set[str]:
    """Return the metrics that an expression names, a histogram without the ending of its parts."""
    histograms = {metric.name for metric in Metrics().described() if metric.kind == "histogram"}
    return {
        base if (base := name.removesuffix("_bucket")) in histograms else name for name in METRIC.findall(text)
    }


def test_every_metric_of_the_dashboard_is_in_the_reference(dashboard: dict[str, Any]) -> None:
    assert names_in(json.dumps(dashboard)) <= {metric.name for metric in Metrics().described()}
    reference = (FILE.parents[1] / "reference" / "metrics.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in reference for one in expressions(dashboard) for name in names_in(one))


def test_it_groups_by_labels_that_the_metrics_have(dashboard: dict[str, Any]) -> None:
    known = {metric.name: metric for metric in Metrics().described()}
    for one in expressions(dashboard):
        (name,) = names_in(one)
        grouped = {label.strip() for some in re.findall(r"by \(([^)]*)\)", one) for label in some.split(",")}
        assert grouped - {"le"} <= set(known[name].labels), one
        grows = known[name].kind != "gauge"
        assert ("rate(" in one or "increase(" in one) == grows, "a counter only grows: its rate says something"


def test_panels_have_titles_of_their_own_and_do_not_overlap(dashboard: dict[str, Any]) -> None:
    panels = dashboard["panels"]
    for member in ("id", "title"):
        assert len({panel[member] for panel in panels}) == len(panels)
    for one, other in combinations((panel["gridPos"] for panel in panels), 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        assert beside or one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in panels)
