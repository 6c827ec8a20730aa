"""compose.yaml: the profile for many processes starts commands that exist, for each queue and each shard."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli.app import app
from bot.model.queues import QUEUES
from bot.model.shards import shards_of

COMPOSE = Path(__file__).parents[2] / "compose.yaml"


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


def test_the_small_installation_starts_one_bot_and_no_role(services: dict[str, dict[str, Any]]) -> None:
    started = {name for name, service in services.items() if "profiles" not in service}
    assert started == {"bot"}
    assert services["bot"]["scale"] == "${BOTS:-1}"


def test_the_roles_are_commands_that_cover_all_shards_and_queues(services: dict[str, dict[str, Any]]) -> None:
    roles = {name: service for name, service in services.items() if service.get("profiles") == ["scale"]}
    commands = get_command(app).commands  # type: ignore[attr-defined]
    shards: list[int] = []
    counts, queues = set(), set()
    for name, service in roles.items():
        command, *arguments = service["command"]
        assert command in commands, name
        options = dict(zip(arguments[::2], arguments[1::2], strict=True))
        if command == "gateway":
            held = shards_of(options["--shards"])
            shards += held.ids
            counts.add(held.count)
        if command == "worker":
            queues |= set(options.get("--queues", ",".join(QUEUES)).split(","))
    assert queues == set(QUEUES)
    assert counts == {len(shards)}
    assert sorted(shards) == list(range(len(shards)))
    assert roles["worker"]["scale"] == 3
    assert "scheduler" in roles


def test_each_process_is_confined_and_asked_how_it_is(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service["healthcheck"]["test"], name
        if name != "postgres":
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
            assert service["depends_on"]["postgres"]["required"] is False
