"""What the project files promise: lock files, container, compose, starter feeds, links."""

import os
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-docs.lock")
PAGES = sorted(
    path
    for pattern in (
        "*.md",
        "docs/**/*.md",
        "gold/**/*.md",
        "models/**/*.md",
        "training/**/*.md",
        "benchmarks/**/*.md",
    )
    for path in ROOT.glob(pattern)
)
NAMED = re.compile(r"`((?:benchmarks|bot|cogs|config|docs|gold|models|preview|tests|training)/[\w./-]+)`")
"""A file or folder of the project, named as code."""
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def instructions() -> list[list[str]]:
    """The stages of the Dockerfile, each a list of instructions with their continuation lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    stages: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("FROM "):
            stages.append([])
        if line.strip() and not line.startswith("#"):
            stages[-1].append(" ".join(line.split()))
    return stages


def compose() -> dict[str, dict[str, dict[str, object]]]:
    loaded: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(
        (ROOT / "compose.yaml").read_text(encoding="utf-8")
    )
    return loaded


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_has_pinned_hashed_packages_and_no_addresses(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-") or "@" in line]
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert len(packages) > 20
    assert not [line for line in packages if not re.match(r"[A-Za-z0-9._-]+==\S+", line)]
    assert all(line.endswith("\\") for line in packages)
    assert all(
        re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in lines if line.startswith(" ")
    )


def test_the_image_is_built_in_two_stages_from_locked_wheels() -> None:
    builder, last = instructions()
    assert builder[0] == "FROM python:3.13-slim AS builder"
    assert last[0] == "FROM python:3.13-slim"
    install = next(line for line in builder if " install " in line)
    assert "--require-hashes" in install
    assert "-r requirements.lock" in install


def test_nothing_is_resolved_when_the_locks_are_installed() -> None:
    """While resolving, pip 23 failed on the newest release of a package that was required with an extra."""
    recipes = [*(ROOT / "Makefile").read_text(encoding="utf-8").splitlines(), *instructions()[0]]
    installs = [line for line in recipes if "--require-hashes" in line]
    assert len(installs) == 4
    assert all("--no-deps" in line for line in installs)


def test_the_last_stage_installs_nothing_and_runs_without_root() -> None:
    last = instructions()[-1]
    assert not [line for line in last if re.search(r"\b(pip|apt-get|apt|gcc|make|curl|git)\b", line)]
    user = next(line for line in last if line.startswith("USER"))
    assert user.split()[1].split(":")[0] not in ("root", "0")
    after = last[last.index(user) :]
    assert not [line for line in after if line.startswith(("RUN", "COPY", "ADD"))]


def test_the_container_keeps_its_data_in_a_volume_and_checks_its_health() -> None:
    last = instructions()[-1]
    assert "VOLUME /data" in last
    assert 'HEARSAY_DATA_DIR="/data"' in next(line for line in last if line.startswith("ENV"))
    assert any(
        line.startswith("HEALTHCHECK") and line.endswith('["python", "-m", "bot", "health"]') for line in last
    )
    assert last[-2:] == ['ENTRYPOINT ["python", "-m", "bot"]', 'CMD ["run"]']


def test_everything_the_image_copies_exists_and_passes_dockerignore() -> None:
    passed = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for stage in instructions()
        for line in stage
        if line.startswith("COPY") and "--from" not in line
        for source in line.split()[1:-1]
    }
    assert copied == passed
    assert all((ROOT / source).exists() for source in copied)


def test_code_is_compiled_in_the_image_because_its_user_cannot_write() -> None:
    last = instructions()[-1]
    compiled = [number for number, line in enumerate(last) if line.startswith("RUN") and "compileall" in line]
    copied = [number for number, line in enumerate(last) if line.startswith("COPY")]
    assert len(compiled) == 2  # the standard library, which comes without bytecode, and ours
    assert compiled[-1] > copied[-1]
    bot = compose()["services"]["bot"]
    assert (bot["read_only"], bot["tmpfs"]) == (True, ["/tmp"])


def test_compose_runs_the_bot_alone_unless_a_profile_adds_postgresql_or_the_roles() -> None:
    services = compose()["services"]
    profiles = {name: service.get("profiles", []) for name, service in services.items()}
    roles = {name for name, named in profiles.items() if named == ["scale"]}
    assert roles == {"gateway-0", "gateway-1", "worker", "scheduler"}
    assert {name: named for name, named in profiles.items() if name not in roles} == {
        "bot": [],
        "postgres": ["postgres"],
    }
    assert services["bot"]["depends_on"] == {"postgres": {"condition": "service_healthy", "required": False}}
    assert all("healthcheck" in service for service in services.values())


def test_every_volume_that_compose_mounts_is_declared() -> None:
    mounted = {
        str(volume).split(":")[0]
        for service in compose()["services"].values()
        for volume in service.get("volumes", [])  # type: ignore[attr-defined]
    }
    assert mounted == set(compose()["volumes"])


def test_secrets_come_from_the_environment_only() -> None:
    for service in compose()["services"].values():
        environment: dict[str, str] = service["environment"]  # type: ignore[assignment]
        for name, value in environment.items():
            if re.search("TOKEN|PASSWORD|URL", name):
                assert value == f"${{{name}:-}}"
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(r"^DISCORD_TOKEN=$", example, re.MULTILINE)
    assert re.search(r"^#POSTGRES_PASSWORD=$", example, re.MULTILINE)


def test_the_example_environment_names_only_settings_that_exist() -> None:
    from config.settings import Settings

    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = set(re.findall(r"^#?(HEARSAY_\w+)=", example, re.MULTILINE))
    assert names
    assert names <= {f"HEARSAY_{field.upper()}" for field in Settings.model_fields}


def test_the_starter_list_holds_feeds_with_public_addresses() -> None:
    outlines = ET.parse(ROOT / "config" / "starter.opml").getroot().iter("outline")
    feeds = [outline for outline in outlines if outline.get("xmlUrl")]
    addresses = [feed.get("xmlUrl", "") for feed in feeds]
    assert 12 <= len(addresses) == len(set(addresses))
    for feed, address in zip(feeds, addresses, strict=True):
        assert feed.get("type") == "rss"
        assert feed.get("text")
        assert urlsplit(address).scheme == "https"
        assert "." in (urlsplit(address).hostname or "")


def test_continuous_integration_runs_the_tests_as_anyone_would() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert "exec make test" in text
    subprocess.run(["bash", "-n", str(script)], check=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_files_resolve(page: Path) -> None:
    dead = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        parts = urlsplit(target)
        if parts.scheme or not parts.path:
            continue
        if not (page.parent / unquote(parts.path)).exists():
            dead.append(target)
    assert dead == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "NOTES.md"], ids=lambda p: str(p.name))
def test_files_named_in_documentation_exist(page: Path) -> None:
    named = NAMED.findall(page.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []
