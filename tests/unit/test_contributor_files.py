"""What contributors are given: hooks, workflows, issue forms, decisions, the documentation site."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
DECISIONS = sorted(path for path in (ROOT / "docs" / "decisions").glob("*.md") if path.name != "README.md")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def module_at(path: Path) -> ModuleType:
    """Import a file that is in no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def schema(name: str) -> Draft7Validator:
    """Return the schema that check-jsonschema carries for a file of GitHub's."""
    text = (files("check_jsonschema") / "builtin_schemas" / "vendor" / f"{name}.json").read_text(encoding="utf-8")
    return Draft7Validator(json.loads(text))


def hooks() -> dict[str, dict[str, Any]]:
    repos = read_yaml(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [repo["repo"] for repo in repos] == ["local"], "hooks are downloaded"
    found: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in repos[0]["hooks"]}
    return found


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = read_yaml(path)["jobs"]
    return found


# Hooks


def test_hooks_run_what_the_lint_runs_from_the_same_environment() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nlint:")[1].split("\n\n")[0]
    for command in ("ruff check", "ruff format", "mypy"):
        assert f"-m {command}" in recipe
        assert any(f"-m {command}" in hook["entry"] for hook in hooks().values())
    assert "bin/lint-imports" in recipe
    assert "bin/lint-imports" in hooks()["import-linter"]["entry"]
    outside = [h["id"] for h in hooks().values() if h["language"] != "pygrep" and ".venv/bin/" not in h["entry"]]
    assert outside == []


def test_every_program_of_a_hook_comes_with_the_locked_packages() -> None:
    programs = {hook["entry"].split()[0] for hook in hooks().values() if hook["language"] == "system"}
    beside = Path(sys.executable).parent
    assert [program for program in programs if not (beside / Path(program).name).exists()] == []


def test_mypy_looks_at_a_changed_file_of_each_folder_that_it_is_set_up_for() -> None:
    changed = re.compile(hooks()["mypy"]["files"])
    assert [name for name in PYPROJECT["tool"]["mypy"]["files"] if not changed.search(f"{name}/x.py")] == []


@pytest.mark.parametrize(
    ("message", "taken"),
    [
        ("Store: rows become values in one way\n", True),
        ("Store: rows become values in one way\n\nThere were four.\n", True),
        ("Store: rows become values in one way\n# Please enter the commit message\n", True),
        ("fix\n", False),
        ("WIP on the store, to be continued\n", False),
        ("fixup! Store: rows become values in one way\n", False),
        ("Store: rows become values in one way.\n", False),
        ("Store: rows become values in one way\nThere were four.\n", False),
        ("x" * 101 + "\n", False),
        ("\nStore: rows become values in one way\n", False),
    ],
)
def test_a_commit_message_has_a_subject_and_an_empty_line(message: str, taken: bool, tmp_path: Path) -> None:
    hook, file = hooks()["subject"], tmp_path / "COMMIT_EDITMSG"
    file.write_text(message, encoding="utf-8")
    command = [sys.executable, "-m", "pre_commit.languages.pygrep", *hook["args"], hook["entry"], str(file)]
    assert (subprocess.run(command, capture_output=True, check=False).returncode == 0) is taken


# GitHub


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_fits_its_schema_and_may_do_no_more_than_it_says(path: Path) -> None:
    workflow = read_yaml(path)
    # YAML 1.1 reads the key "on" as true
    assert (
        list(schema("github-workflows").iter_errors({"on" if k is True else k: v for k, v in workflow.items()}))
        == []
    )
    assert workflow["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in workflow["jobs"].values() if "uses" not in job)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_of_others_are_pinned_to_a_commit(path: Path) -> None:
    used = [step["uses"] for job in jobs(path).values() for step in job.get("steps", ()) if "uses" in step]
    assert [action for action in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_scripts_of_a_workflow_parse_and_take_no_value_of_others_into_their_text(path: Path) -> None:
    scripts = [step["run"] for job in jobs(path).values() for step in job.get("steps", ()) if "run" in step]
    for script in scripts:
        assert "${{" not in script
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    made = {word for script in scripts for word in re.findall(r"^make ([\w./-]+)", script, re.MULTILINE)}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv")
    assert [target for target in made if not re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)] == []


def test_the_tests_run_on_every_python_that_is_supported_with_postgresql_as_a_service() -> None:
    job = jobs(GITHUB / "workflows" / "checks.yml")["test"]
    listed = [name.rsplit(" ", 1)[1] for name in PYPROJECT["project"]["classifiers"] if ":: Python ::" in name]
    assert job["strategy"]["matrix"]["python"] == listed == ["3.11", "3.12", "3.13"]
    from tests import databases

    service = job["services"]["postgres"]
    compose = read_yaml(ROOT / "compose.yaml")["services"]["postgres"]
    assert service["image"] == compose["image"]
    assert service["env"]["POSTGRES_USER"] == databases.USER
    assert service["env"]["POSTGRES_PASSWORD"] == databases.PASSWORD
    assert service["ports"] == [f"{job['env'][databases.PORT_VARIABLE]}:5432"]
    assert ".ci/run" in [step.get("run") for step in job["steps"]]


def test_a_release_waits_for_the_checks_and_only_its_last_job_may_write() -> None:
    release = jobs(GITHUB / "workflows" / "release.yml")
    assert release["checks"]["uses"] == "./.github/workflows/checks.yml"
    assert release["publish"]["needs"] == "checks"
    assert [name for name, job in release.items() if "permissions" in job] == ["publish"]


def test_dependabot_watches_packages_actions_and_images() -> None:
    settings = read_yaml(GITHUB / "dependabot.yml")
    assert list(schema("dependabot").iter_errors(settings)) == []
    watched = {update["package-ecosystem"] for update in settings["updates"]}
    assert watched == {"pip", "github-actions", "docker", "docker-compose"}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_fits_its_schema_and_wants_an_example(path: Path) -> None:
    form = read_yaml(path)
    assert list(schema("github-issue-forms").iter_errors(form)) == []
    required = {
        field["attributes"]["label"].lower()
        for field in form["body"]
        if field.get("validations", {}).get("required")
    }
    assert any("smallest" in label or "example" in label for label in required)


def test_the_pull_request_template_asks_for_the_input_that_failed() -> None:
    assert "The small input that failed" in (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["SECURITY.md", "CODE_OF_CONDUCT.md"])
def test_problems_are_reported_privately_on_github_and_to_no_invented_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "Report a vulnerability" in text
    assert not re.search(r"\S@\S", text)


# Releases


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of version 1.2.0, with two releases in its changelog."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").write_text('"""Bot."""\n\n__version__ = "1.2.0"\n')
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2027-01-31\n\n### Added\n- A command.\n\n"
        "## [1.1.0] - 2026-12-01\n\n- Older.\n\n[1.2.0]: https://example.org/1.2.0\n"
    )
    return tmp_path


def test_the_notes_of_a_release_are_its_section_of_the_changelog(project: Path) -> None:
    script = module_at(ROOT / ".ci" / "release_notes.py")
    assert script.release_notes("v1.2.0", project) == "### Added\n- A command."


@pytest.mark.parametrize(
    ("tag", "change", "reason"),
    [
        ("1.2.0", ("", "", ""), "not a version tag"),
        ("v1.2.0; rm -rf /", ("", "", ""), "not a version tag"),
        ("v1.3.0", ("", "", ""), "pyproject.toml says 1.2.0"),
        ("v1.2.0", ("bot/__init__.py", "1.2.0", "1.1.0"), "bot/__init__.py says 1.1.0"),
        ("v1.2.0", ("CHANGELOG.md", "[1.2.0] - 2027-01-31", "[1.2.0]"), "no date"),
        ("v1.2.0", ("CHANGELOG.md", "[1.2.0] - ", "[1.2.1] - "), "no section"),
        ("v1.2.0", ("CHANGELOG.md", "### Added\n- A command.", ""), "empty"),
    ],
)
def test_a_tag_that_does_not_fit_is_not_released(
    project: Path, tag: str, change: tuple[str, str, str], reason: str
) -> None:
    name, old, new = change
    if name:
        file = project / name
        file.write_text(file.read_text().replace(old, new, 1))
    script = module_at(ROOT / ".ci" / "release_notes.py")
    with pytest.raises(script.NotReleasable, match=reason):
        script.release_notes(tag, project)


# Other tools


def test_the_devcontainer_uses_targets_that_make_has() -> None:
    settings = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv")
    made = settings["postCreateCommand"].removeprefix("make ").split()
    assert made
    assert all(re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE) for target in made)


def test_editors_break_lines_of_python_where_ruff_does() -> None:
    text = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    assert f"max_line_length = {PYPROJECT['tool']['ruff']['line-length']}" in text


def test_packages_whose_internals_are_used_have_an_upper_limit() -> None:
    asked = {one.name: one.specifier for one in map(Requirement, PYPROJECT["project"]["dependencies"])}
    for name in ("aiohttp", "discord.py", "spacy"):
        assert any(limit.operator == "<" for limit in asked[name])


# Decisions


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_the_fixed_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^#+ .+$", text, re.MULTILINE)[1:] == [
        "## Context", "## Decision", "## Evidence", "## Consequences",
    ]  # fmt: skip
    assert re.search(r"^Decided [0-9]{4}-[0-9]{2}-[0-9]{2}\b", text, re.MULTILINE)
    evidence = text.split("## Evidence")[1].split("## Consequences")[0]
    assert re.search(r"\d", evidence), "no figure"


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\]\(([\w-]+\.md)\)", index)) == [path.name for path in DECISIONS]


# The documentation site


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small repository with pages inside and outside of docs/."""
    names = "README.md Makefile training/NOTES.md gold/README.md bot/app.py docs/start.md docs/how-to/run.md"
    for name in [*names.split(), "docs/pictures/a.png"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Page\n")
    return tmp_path


@pytest.mark.parametrize(
    ("page", "text", "shown"),
    [
        ("README.md", "[a](docs/start.md) ![b](docs/pictures/a.png)", "[a](start.md) ![b](pictures/a.png)"),
        ("README.md", "[notes](training/NOTES.md#one)", "[notes](training/NOTES.md#one)"),
        ("docs/how-to/run.md", "[a](../start.md)", "[a](../start.md)"),
        ("docs/how-to/run.md", "[a](../../README.md)", "[a](../index.md)"),
        ("docs/how-to/run.md", "[a](../../training/NOTES.md)", "[a](../training/NOTES.md)"),
        ("docs/start.md", "[gold](../gold/)", "[gold](gold/README.md)"),
        ("training/NOTES.md", "[a](../docs/start.md)", "[a](../start.md)"),
        ("docs/start.md", "[code](../bot/app.py)", "[code](https://example.org/o/n/blob/main/bot/app.py)"),
        ("docs/start.md", "[code](../bot)", "[code](https://example.org/o/n/tree/main/bot)"),
        (
            "docs/start.md",
            "[web](https://example.org/a) [here](#part)",
            "[web](https://example.org/a) [here](#part)",
        ),
        ("docs/start.md", "[dead](nowhere.md) [up](../../x.py)", "[dead](nowhere.md) [up](../../x.py)"),
        ("docs/start.md", "`[a](../README.md)`", "`[a](../README.md)`"),
        ("docs/start.md", "```\n[a](../README.md)\n```", "```\n[a](../README.md)\n```"),
        ("README.md", "[![a](docs/pictures/a.png)](docs/start.md)", "[![a](pictures/a.png)](start.md)"),
    ],
)
def test_links_between_files_become_links_of_the_site(repository: Path, page: str, text: str, shown: str) -> None:
    site = module_at(ROOT / "docs" / "site_hooks.py")
    assert site.site_links(text, page, repository, "https://example.org/o/n/") == shown


def test_a_link_to_code_is_plain_text_if_the_repository_is_not_known(repository: Path) -> None:
    site = module_at(ROOT / "docs" / "site_hooks.py")
    assert site.site_links("see [the app](../bot/app.py).", "docs/start.md", repository, None) == "see the app."


def test_lists_and_tables_stand_apart_as_python_markdown_wants_them() -> None:
    site = module_at(ROOT / "docs" / "site_hooks.py")
    assert site.spaced("Two:\n- a\n  more\n- b\n\n## Part\n- c") == "Two:\n\n- a\n  more\n- b\n\n## Part\n- c"
    assert site.spaced("Sizes:\n| a |\n|---|\n| b |") == "Sizes:\n\n| a |\n|---|\n| b |"
    assert site.spaced("```\ntext\n- a\n```") == "```\ntext\n- a\n```"


def test_the_menu_has_every_page_once() -> None:
    site = module_at(ROOT / "docs" / "site_hooks.py")

    def pages(menu: Any) -> list[str]:
        if isinstance(menu, str):
            return [menu]
        parts = menu.values() if isinstance(menu, dict) else menu
        return [page for part in parts for page in pages(part)]

    shown = pages(site.menu(ROOT))
    inside = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert sorted(shown) == sorted(inside | set(site.outside_pages(ROOT).values()))


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_the_documentation_is_built_strictly_from_its_own_lock_file() -> None:
    command = ["make", "--dry-run", "--always-make", "--no-print-directory", "-C", str(ROOT), "docs"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "--require-hashes -r requirements-docs.lock" in said
    assert "mkdocs build --strict" in said
    assert "--quiet" not in said.split("mkdocs build")[1], "quiet, MkDocs counts no warnings"
