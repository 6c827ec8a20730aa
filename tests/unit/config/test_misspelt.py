"""Names that are set and are no settings."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.loading import variable_of
from config.misspelt import misspelt_variables
from config.settings import Settings

VARIABLES = sorted(map(variable_of, Settings.model_fields))


@pytest.fixture(autouse=True)
def a_clean_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)


def meant_by(*names: str, shortened: bool = False) -> dict[str, str | None]:
    return {each.name: each.meant for each in misspelt_variables(names, "here", shortened=shortened)}


@given(data=st.data(), variable=st.sampled_from(VARIABLES))
def test_one_wrong_letter_anywhere_in_a_name_is_found(data: st.DataObject, variable: str) -> None:
    at = data.draw(st.integers(0, len(variable) - 1))
    wrong = data.draw(
        st.sampled_from(
            [
                variable[:at] + variable[at + 1 :],
                variable[:at] + "Q" + variable[at:],
                variable[:at] + "Q" + variable[at + 1 :],
            ]
        )
    )
    assert meant_by(wrong) == {wrong: variable}


@pytest.mark.parametrize("name", ["DICSORD_TOKEN", "DISCORD_BOT_TOKEN", "discord_tokne"])
def test_names_that_people_give_the_token_are_found(name: str) -> None:
    assert meant_by(name) == {name: "DISCORD_TOKEN"}


def test_settings_and_names_of_other_programs_are_left_alone() -> None:
    others = [
        "PATH",
        "HOME",
        "LANG",
        "LOG_LEVEL",
        "TOKEN",
        "GITHUB_TOKEN",
        "DISCORD_CLIENT_TOKEN",
        "POSTGRES_PASSWORD",
    ]
    known = [*VARIABLES, "HEARSAY_DISCORD_TOKEN", "HEARSAY_CONFIG"]
    assert meant_by(*known, *others) == {}


def test_the_end_of_a_name_counts_only_where_it_is_asked_for_and_fits_one_setting() -> None:
    assert meant_by("TOKEN", "DATA_DIR", "URL", "TZ", shortened=True) == {
        "DATA_DIR": "HEARSAY_DATA_DIR",
        "TOKEN": "DISCORD_TOKEN",
    }


def test_a_name_with_our_prefix_is_reported_even_if_it_resembles_no_setting() -> None:
    assert meant_by("HEARSAY_ZZZZZZZZZZZZZZZZ") == {"HEARSAY_ZZZZZZZZZZZZZZZZ": None}


def test_a_name_without_our_prefix_is_another_program_s_if_its_setting_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "given")
    assert meant_by("DISCORD_BOT_TOKEN") == {}
