import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from config.loading import load_settings, source_of, variable_of
from config.misspelt import misspelt_names
from config.settings import TOKEN_VARIABLES, Settings


@pytest.fixture(autouse=True)
def a_clean_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import os

    for name in list(os.environ):
        if name.upper().startswith("HEARSAY_") or name.upper() == "DISCORD_TOKEN":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_defaults_need_nothing() -> None:
    settings = load_settings()
    assert settings.discord_token is None
    assert settings.store_url == "sqlite:///data/hearsay.db"
    assert (settings.model / "meta.json").is_file()


def test_the_environment_beats_dotenv_which_beats_toml(
    a_clean_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (a_clean_folder / "hearsay.toml").write_text("poll_minimum = 300\npoll_maximum = 301\nfetch_timeout = 3.0\n")
    (a_clean_folder / ".env").write_text("HEARSAY_POLL_MINIMUM=400\nHEARSAY_POLL_MAXIMUM=501\n")
    monkeypatch.setenv("HEARSAY_POLL_MINIMUM", "500")
    settings = load_settings()
    assert (settings.poll_minimum, settings.poll_maximum, settings.fetch_timeout) == (500, 501, 3.0)
    assert source_of("poll_minimum") == "environment"
    assert source_of("poll_maximum") == ".env file"
    assert source_of("fetch_timeout") == "hearsay.toml file"
    assert source_of("log_level") == "default"
    assert source_of("log_level", {"log_level": "debug"}) == "command line"


def test_a_named_toml_file_is_read_and_must_exist(a_clean_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (a_clean_folder / "mine.toml").write_text('log_level = "debug"\nDISCORD_TOKEN = "abc"\n')
    monkeypatch.setenv("HEARSAY_CONFIG", "mine.toml")
    settings = load_settings()
    assert settings.log_level == "debug"
    assert settings.discord_token is not None
    monkeypatch.setenv("HEARSAY_CONFIG", "other.toml")
    with pytest.raises(SettingsError, match=r"other\.toml, which does not exist"):
        load_settings()


@pytest.mark.parametrize(
    ("variable", "value", "accepted"),
    [
        ("HEARSAY_POLL_MINIMUM", "soon", "integer"),
        ("HEARSAY_POLL_MINIMUM", "1", "greater than or equal to 60"),
        ("HEARSAY_LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("HEARSAY_MINIMUM_CONFIDENCE", "1.5", "less than or equal to 1"),
        ("HEARSAY_DISCORD_API_BASE", "nowhere", "URL"),
        ("HEARSAY_DISCORD_GATEWAY_URL", "http://x", "'ws' or 'wss'"),
        ("HEARSAY_ALLOW_PRIVATE_ADDRESSES", "perhaps", "boolean"),
    ],
)
def test_a_wrong_value_names_itself_its_source_and_what_is_accepted(
    variable: str, value: str, accepted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = caught.value.message
    assert f"{variable} = {value!r}" in message
    assert "(from: environment)" in message
    assert accepted in message


def test_all_wrong_values_are_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARSAY_LOG_LEVEL", "loud")
    monkeypatch.setenv("HEARSAY_POLL_MINIMUM", "soon")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "HEARSAY_LOG_LEVEL" in caught.value.message
    assert "HEARSAY_POLL_MINIMUM" in caught.value.message


def test_a_wrong_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARSAY_DATABASE_URL", "mysql://root:hunter2@db/x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "HEARSAY_DATABASE_URL" in caught.value.message
    assert "sqlite:///" in caught.value.message
    assert "hunter2" not in caught.value.message


def test_secrets_do_not_show_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very.secret.token")
    monkeypatch.setenv("HEARSAY_DATABASE_URL", "postgresql://me:hunter2@db/x")
    shown = repr(load_settings()) + str(load_settings())
    assert "very.secret.token" not in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize("text", ["poll_minimum = ", "[[[", "\x00"])
def test_broken_toml_is_reported_with_its_file(text: str, a_clean_folder: Path) -> None:
    (a_clean_folder / "hearsay.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"hearsay\.toml is not valid TOML"):
        load_settings()


@pytest.mark.parametrize("name", ["hearsay.toml", ".env"])
def test_a_file_in_another_encoding_is_reported(name: str, a_clean_folder: Path) -> None:
    (a_clean_folder / name).write_bytes(b"log_level = '\xff\xfe'\n")
    with pytest.raises(SettingsError, match=rf"^{re.escape(name)} is not written in UTF-8"):
        load_settings()


def test_an_empty_variable_is_as_if_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")
    assert load_settings().discord_token is None


@pytest.mark.parametrize("given", [{"poll_minimum": 901, "poll_maximum": 900}, {"poll_maximum": 600}])
def test_a_minimum_above_the_maximum_is_refused(given: dict[str, int]) -> None:
    with pytest.raises(SettingsError, match=r"HEARSAY_POLL_MINIMUM = \d+ is above HEARSAY_POLL_MAXIMUM = \d+"):
        load_settings(**given)
    assert load_settings(poll_minimum=900, poll_maximum=900).poll_maximum == 900


@pytest.mark.parametrize(
    ("environment", "dotenv", "toml", "token"),
    [
        ({"HEARSAY_DISCORD_TOKEN": "e"}, "DISCORD_TOKEN=d", 'discord_token = "t"', "e"),
        ({"DISCORD_TOKEN": "e"}, "HEARSAY_DISCORD_TOKEN=d", "", "e"),
        ({"DISCORD_TOKEN": ""}, "HEARSAY_DISCORD_TOKEN=d", 'DISCORD_TOKEN = "t"', "d"),
        ({}, "", 'HEARSAY_DISCORD_TOKEN = "t"', "t"),
        ({"DISCORD_TOKEN": "one", "HEARSAY_DISCORD_TOKEN": "two"}, "", "", "one"),
    ],
)
def test_the_token_has_two_names_in_every_source(
    environment: dict[str, str],
    dotenv: str,
    toml: str,
    token: str,
    a_clean_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (a_clean_folder / ".env").write_text(dotenv)
    (a_clean_folder / "hearsay.toml").write_text(toml)
    read = load_settings().discord_token
    assert read is not None
    assert read.get_secret_value() == token
    sources = {"e": "environment", "one": "environment", "d": ".env file", "t": "hearsay.toml file"}
    assert source_of("discord_token") == sources[token]
    assert misspelt_names() == []


def test_each_setting_that_a_page_or_a_file_for_hosts_names_exists() -> None:
    root = Path(__file__).parents[3]
    pages = [
        root / "README.md",
        *root.glob("docs/*.md"),
        *root.glob("docs/how-to/*.md"),
        *root.glob("docs/reference/*.md"),
    ]
    known = {*map(variable_of, Settings.model_fields), *TOKEN_VARIABLES, "HEARSAY_CONFIG"}
    for page in (*pages, root / ".env.example", root / "compose.yaml", root / "Dockerfile"):
        named = set(re.findall(r"\bHEARSAY_[A-Z_]+\b", page.read_text(encoding="utf-8")))
        assert named <= known, page


def test_every_setting_says_what_it_is() -> None:
    undocumented = [name for name, field in Settings.model_fields.items() if not field.description]
    assert undocumented == []


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40))
def test_no_text_as_a_value_does_more_than_raise_a_settings_error(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(variable_of("poll_concurrency"), text)
        try:
            load_settings()
        except SettingsError as error:
            assert "HEARSAY_POLL_CONCURRENCY" in error.message


@pytest.mark.parametrize(
    "address", ["https://me.example/?x", "https://u:p@me.example/", "https://me.example/#x", "me"]
)
def test_a_public_address_is_a_plain_one(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable_of("public_url"), address)
    with pytest.raises(SettingsError, match="HEARSAY_PUBLIC_URL"):
        load_settings()
