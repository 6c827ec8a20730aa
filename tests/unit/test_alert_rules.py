"""The alert rules for Prometheus name metrics and labels that Hearsay has."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.metrics import Metrics
from bot.model.queues import QUEUES

RULES = Path(__file__).parents[2] / "deploy" / "prometheus-alerts.yml"
OF_PROMETHEUS = {"le", "instance", "job"}


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(RULES.read_text())["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def named(rule: dict[str, Any]) -> set[str]:
    return {name.removesuffix("_bucket") for name in re.findall(r"hearsay_\w+", rule["expr"])}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_a_rule_names_metrics_and_labels_that_exist(rule: dict[str, Any]) -> None:
    metrics = {metric.name: metric for metric in Metrics().described()}
    labels = set(OF_PROMETHEUS)
    for name in named(rule):
        assert name in metrics, name
        labels |= set(metrics[name].labels)
        if f"{name}_bucket" in rule["expr"]:
            assert metrics[name].kind == "histogram"
    used = re.findall(r'(\w+)="', rule["expr"]) + re.findall(r"by \((\w+(?:, *\w+)*)\)", rule["expr"])
    used += re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"])
    assert {label for text in used for label in re.split(", *", text)} <= labels


def test_each_rule_says_how_grave_it_is_and_what_to_do() -> None:
    for rule in rules():
        assert rule["labels"]["severity"] in {"page", "warn"}
        assert len(rule["annotations"]["summary"]) > 30


def test_queues_in_rules_exist() -> None:
    for rule in rules():
        assert set(re.findall(r'queue="(\w+)"', rule["expr"])) <= set(QUEUES)
