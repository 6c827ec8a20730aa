"""`doctor`: settings, database, model and Discord, each with its own findings."""

import asyncio
import errno
import os
import socket
import sqlite3
import tempfile
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.delivery.permissions import NEEDED
from bot.http_server import serve_metrics
from bot.metrics import Metrics
from bot.store import database, open_store
from config.settings import default_model
from preview.discord import LocalDiscord
from preview.discord.permissions import Permission
from tests.background import in_background
from tests.factories import a_subscription
from tests.integration.cli.conftest import Command

NO_MODEL = {"HEARSAY_MODEL": "nowhere"}


@pytest.fixture
def pointed(local: LocalDiscord) -> dict[str, str]:
    """What points the doctor at the local Discord, with a good token."""
    return {
        "DISCORD_TOKEN": local.token,
        "HEARSAY_DISCORD_API_BASE": local.api_base,
        "HEARSAY_DISCORD_GATEWAY_URL": local.gateway_url,
    }


def section(output: str, title: str) -> list[str]:
    lines = output.split(f"\n{title}\n", 1)[1].split("\n\n", maxsplit=1)[0].splitlines()
    return [line.strip() for line in lines]


def subscribe(file: Path, local: LocalDiscord, *channels: int) -> None:
    async def store_them() -> None:
        async with open_store(f"sqlite:///{file}") as store:
            for channel in channels:
                await a_subscription(store, int(local.guild().id), channel_id=channel)

    asyncio.run(store_them())


def test_where_all_is_well_the_doctor_says_so_and_changes_nothing(
    hearsay: Command, folder: Path, pointed: dict[str, str]
) -> None:
    if not (default_model() / "config.cfg").is_file():
        pytest.skip(f"the model is not at {default_model()}")
    result = hearsay("doctor", **pointed)
    assert result.exit_code == 0, result.output
    assert "✗" not in result.stdout
    assert section(result.stdout, "Model") == ["✓ loads, and finds who said what in a sample sentence"]
    assert section(result.stdout, "Discord")[0] == "✓ the token is good; the bot is Hearsay"
    assert "https://discord.com/oauth2/authorize?client_id=" in result.stdout
    assert pointed["DISCORD_TOKEN"] not in result.output
    assert [path for path in folder.iterdir() if not path.name.startswith(".coverage")] == []


@pytest.mark.parametrize("token", ["wrong.token.here", "new\nline", "tökën"])
def test_a_wrong_token_is_told_without_showing_it(hearsay: Command, pointed: dict[str, str], token: str) -> None:
    result = hearsay("doctor", **pointed | NO_MODEL | {"DISCORD_TOKEN": token})
    assert result.exit_code == 1
    (line,) = section(result.stdout, "Discord")
    assert line == "✗ Discord refuses the token: copy it again from the developer portal"
    assert token not in result.output


def test_a_discord_that_cannot_be_reached_is_told(hearsay: Command, pointed: dict[str, str]) -> None:
    base = {"HEARSAY_DISCORD_API_BASE": "http://127.0.0.1:9/api/v10"}
    result = hearsay("doctor", **pointed | NO_MODEL | base)
    assert result.exit_code == 1
    assert section(result.stdout, "Discord")[0].startswith("✗ Discord cannot be reached: ")


def test_a_missing_model_and_a_bad_database_are_told_and_the_rest_is_still_looked_at(hearsay: Command) -> None:
    result = hearsay("doctor", HEARSAY_DATABASE_URL="sqlite:///no/such/here.db", **NO_MODEL)
    assert result.exit_code == 1
    assert "no/such, does not exist" in section(result.stdout, "Database")[0]
    assert "HEARSAY_MODEL" in section(result.stdout, "Model")[0]
    assert section(result.stdout, "Discord") == ["• DISCORD_TOKEN is not set: `run` will start the preview"]


def test_settings_are_listed_with_their_source_and_misspelt_ones_found_wherever_they_are(
    hearsay: Command, folder: Path
) -> None:
    (folder / ".env").write_text("HEARSAY_POL_MINIMUM=3\nPATH_OF_SOMETHING=1\n")
    (folder / "hearsay.toml").write_text('polmaximum = 3\nlog_level = "error"\nlog_format = "json"\n')
    result = hearsay("doctor", HEARSAY_MODLE="x", HEARSAY_ALLOW_PRIVATE_ADDRESSES="1", **NO_MODEL)
    assert result.exit_code == 1
    assert section(result.stdout, "Settings") == [
        "✓ HEARSAY_MODEL = nowhere (from: environment)",
        "✓ HEARSAY_ALLOW_PRIVATE_ADDRESSES = True (from: environment)",
        "✓ HEARSAY_LOG_LEVEL = error (from: hearsay.toml file)",
        "✓ HEARSAY_LOG_FORMAT = json (from: hearsay.toml file)",
        "✗ HEARSAY_MODLE (from: environment) is not a setting of Hearsay. Did you mean HEARSAY_MODEL?",
        "✗ HEARSAY_POL_MINIMUM (from: .env file) is not a setting of Hearsay. Did you mean HEARSAY_POLL_MINIMUM?",
        "✗ polmaximum (from: hearsay.toml file) is not a setting of Hearsay. Did you mean poll_maximum?",
        "• all other settings have their defaults",
        "• private addresses are fetched: for tests only, never with strangers' feeds",
    ]


def test_each_digest_is_told_whether_its_channel_lets_it_post(
    hearsay: Command, folder: Path, local: LocalDiscord, pointed: dict[str, str]
) -> None:
    general, news = local.channel("general"), local.channel("news")
    local.forbid(news, Permission.EMBED_LINKS | Permission.SEND_MESSAGES)
    subscribe(folder / "here.db", local, int(general.id), int(news.id), 1234567)
    result = hearsay("doctor", **pointed | NO_MODEL | {"HEARSAY_DATABASE_URL": "sqlite:///here.db"})
    local.allow_again(news)
    assert result.exit_code == 1
    assert section(result.stdout, "Database") == ["✓ reachable, writable and up to date"]
    good, lacking, gone = section(result.stdout, "Discord")[2:]
    assert good == f"✓ digest 1, channel {general.id}: may post"
    assert lacking == f"✗ digest 2, channel {news.id}: lacks Send Messages, Embed Links"
    assert gone.startswith("✗ digest 3, channel 1234567: cannot be seen")
    assert len(NEEDED) == 4


def test_a_paused_digest_is_told_with_its_reason(
    hearsay: Command, folder: Path, local: LocalDiscord, pointed: dict[str, str]
) -> None:
    subscribe(folder / "here.db", local, int(local.channel("news").id))

    async def pause() -> None:
        async with open_store(f"sqlite:///{folder / 'here.db'}") as store:
            await store.subscriptions.pause(1, "Its channel was deleted.")

    asyncio.run(pause())
    result = hearsay("doctor", **pointed | NO_MODEL | {"HEARSAY_DATABASE_URL": "sqlite:///here.db"})
    assert section(result.stdout, "Discord")[-1].endswith("paused. Its channel was deleted.")


@pytest.mark.parametrize("deeper", ["", "new"])
def test_a_folder_that_takes_no_database_is_found_before_one_is_needed(
    hearsay: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, deeper: str
) -> None:
    """As a read-only disk, which permissions do not show; nor do they stop root, who may run the tests."""

    def refused(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    result = hearsay("doctor", HEARSAY_DATA_DIR=str(folder / deeper), **NO_MODEL)
    (line,) = section(result.stdout, "Database")
    file = folder / deeper / "hearsay.db"
    assert line.startswith(
        f"✗ The file of the database, {file}, cannot be opened or created: read-only file system."
    )
    assert result.exit_code == 1


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that refuses even root")
def test_a_folder_that_refuses_even_root_is_found(hearsay: Command) -> None:
    result = hearsay("doctor", HEARSAY_DATA_DIR="/proc/hearsay", **NO_MODEL)
    assert result.exit_code == 1
    assert section(result.stdout, "Database")[0].startswith("✗ The file of the database, /proc/hearsay/hearsay.db")


def test_a_database_that_cannot_be_written_to_is_found(hearsay: Command, folder: Path) -> None:
    file = {"HEARSAY_DATABASE_URL": "sqlite:///here.db"}
    hearsay("db", "upgrade", **file)
    with closing(sqlite3.connect("here.db")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")  # as another process that never ends its transaction
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(database, "BUSY_TIMEOUT_MS", 10)
            result = hearsay("doctor", **file, **NO_MODEL)
    assert section(result.stdout, "Database") == ["✗ Nothing can be written to here.db: database is locked."]


def test_an_address_that_is_no_database_is_reported_and_the_rest_is_still_checked(hearsay: Command) -> None:
    result = hearsay("doctor", HEARSAY_DATABASE_URL="sqlite:///", **NO_MODEL)
    assert "sqlite:///path/to/hearsay.db" in section(result.stdout, "Database")[0]
    assert section(result.stdout, "Discord")


def test_a_taken_port_and_an_address_that_is_none_are_found(hearsay: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        taken.listen()
        threading.Thread(target=refuse_one, args=(taken,), daemon=True).start()
        result = hearsay("doctor", HEARSAY_METRICS_ADDRESS=address, **NO_MODEL)
    assert result.exit_code == 1
    (line,) = section(result.stdout, "Ports")
    assert line.startswith(f"✗ HEARSAY_METRICS_ADDRESS = '{address}' cannot be used")
    wrong = hearsay("doctor", HEARSAY_METRICS_ADDRESS="0.0.0.0:99999", **NO_MODEL)
    assert "the highest port is 65535" in section(wrong.stdout, "Ports")[0]
    public = {"HEARSAY_PUBLIC_URL": "https://news.example/", "HEARSAY_PUBLIC_LISTEN": "127.0.0.1:0"}
    assert section(hearsay("doctor", **public, **NO_MODEL).stdout, "Ports") == [
        "✓ 127.0.0.1:0 is free (HEARSAY_PUBLIC_LISTEN)"
    ]


def refuse_one(server: socket.socket) -> None:
    with suppress(OSError):
        server.accept()[0].close()


async def all_well() -> dict[str, bool]:
    return {"store": True}


def test_a_port_that_the_running_bot_holds_is_no_problem(hearsay: Command) -> None:
    with in_background(_Served) as served:
        result = hearsay("doctor", HEARSAY_METRICS_ADDRESS=served.address, **NO_MODEL)
    assert section(result.stdout, "Ports") == [
        f"✓ {served.address} is used by the running bot (HEARSAY_METRICS_ADDRESS)"
    ]


class _Served:
    """/healthz of a running bot."""

    address = ""

    async def __aenter__(self) -> "_Served":
        self._serving = serve_metrics("127.0.0.1:0", Metrics(), all_well)
        self.address = (await self._serving.__aenter__()).removeprefix("http://")
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._serving.__aexit__(None, None, None)


def test_misspelt_names_in_the_env_file_are_found_with_the_settings_that_were_meant(
    hearsay: Command, folder: Path
) -> None:
    (folder / ".env").write_text("DISCORD_TOKN=x\nlog_level=info\nPOSTGRES_PASSWORD=y\nTZ=UTC\n")
    result = hearsay("doctor", **NO_MODEL)
    assert result.exit_code == 1
    assert section(result.stdout, "Settings")[1:3] == [
        "✗ DISCORD_TOKN (from: .env file) is not a setting of Hearsay. Did you mean DISCORD_TOKEN?",
        "✗ log_level (from: .env file) is not a setting of Hearsay. Did you mean HEARSAY_LOG_LEVEL?",
    ]
    assert result.stdout.count("is not a setting") == 2


def test_a_minimum_above_the_maximum_is_found(hearsay: Command) -> None:
    result = hearsay("doctor", HEARSAY_POLL_MINIMUM="9000", HEARSAY_POLL_MAXIMUM="100")
    assert result.exit_code == 1
    assert "HEARSAY_POLL_MINIMUM = 9000 is above HEARSAY_POLL_MAXIMUM = 100" in result.stderr
