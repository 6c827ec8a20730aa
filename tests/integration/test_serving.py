"""The running bot: how it starts, continues after failures, and stops."""

import asyncio
import functools
import json
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import HttpUrl, SecretStr, WebsocketUrl
from structlog.testing import capture_logs

from bot import serving
from bot.client import HearsayBot
from bot.discord_access import TokenRefused
from bot.errors import HearsayError, ModelMissing, SettingsError, StoreError
from bot.http_server import serve_metrics
from bot.metrics import Metrics
from bot.runner import steps
from bot.services.engine import Services
from bot.services.model_check import check_model
from bot.serving import serve, stop_signals
from config.settings import Settings
from preview.discord import LocalDiscord, faults
from tests.e2e.whole import PointedBack


@pytest.fixture
async def local() -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord() as made:
        with PointedBack(made):
            yield made


@pytest.fixture
def settings(tmp_path: Path, local: LocalDiscord, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(serving, "RETRY_FIRST", 0.01)
    monkeypatch.setattr(serving, "check_model", model_works)  # loading it takes seconds, and has its own test
    monkeypatch.setattr(serving, "HearsayBot", functools.partial(HearsayBot, guild_ready_timeout=0.05))
    return Settings(
        data_dir=tmp_path,
        discord_token=SecretStr(local.token),
        discord_api_base=HttpUrl(local.api_base),
        discord_gateway_url=WebsocketUrl(local.gateway_url),
        allow_private_addresses=True,
    )


async def model_works(_extractor: object) -> None:
    pass


class Running:
    """A bot that was started; `task` is what serves it."""

    def __init__(self, settings: Settings) -> None:
        self.stop = asyncio.Event()
        self.ready: asyncio.Future[tuple[Services, HearsayBot]] = asyncio.get_running_loop().create_future()
        self.task = asyncio.create_task(
            serve(settings, stop=self.stop, started=lambda services, bot: self.ready.set_result((services, bot)))
        )

    async def up(self) -> tuple[Services, HearsayBot]:
        either: set[asyncio.Future[Any]] = {self.task, self.ready}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED, timeout=20)
        if self.task.done():
            self.task.result()
        return self.ready.result()

    async def end(self) -> None:
        self.stop.set()
        await asyncio.wait_for(self.task, 20)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    made = Running(settings)
    try:
        yield made
    finally:
        made.stop.set()
        await asyncio.gather(made.task, return_exceptions=True)


def locks_in(folder: Path) -> list[Path]:
    return list(folder.glob("*.lock"))


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await holds():  # noqa: ASYNC110 - what is awaited tells nobody
            await asyncio.sleep(0.02)


async def asked(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_it_connects_and_ends_when_it_is_told_to(local: LocalDiscord, settings: Settings) -> None:
    async with running(settings) as bot:
        services, client = await bot.up()
        assert local.connected
        assert client.is_ready()
        assert services.runner.sender is not None
        await local.commands_registered("said")
        await bot.end()
    assert client.is_closed()
    assert [t.get_name() for t in asyncio.all_tasks() if t.get_name().startswith(("step", "discord"))] == []


async def test_a_second_start_does_not_register_the_commands_again(
    local: LocalDiscord, settings: Settings
) -> None:
    for _ in range(2):
        async with running(settings) as bot:
            await bot.up()
            await bot.end()
    assert len([r for r in local.requests if r.method == "PUT" and r.path.endswith("/commands")]) == 1


@pytest.mark.parametrize("token", ["wrong.token.here", "two\nlines", "tökën"])
async def test_a_token_that_discord_refuses_ends_it_with_a_sentence(settings: Settings, token: str) -> None:
    with pytest.raises(TokenRefused, match="DISCORD_TOKEN") as refused:
        await serve(settings.model_copy(update={"discord_token": SecretStr(token)}), stop=asyncio.Event())
    assert token not in str(refused.value)


async def test_without_a_model_it_ends_with_a_sentence_before_it_is_ready(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "check_model", check_model)
    with capture_logs() as logs:
        async with running(settings.model_copy(update={"model": Path("nowhere")})) as bot:
            with pytest.raises(ModelMissing, match="HEARSAY_MODEL"):
                await asyncio.wait_for(bot.task, 60)
    assert "ready" not in [log["event"] for log in logs]


async def test_a_second_bot_with_the_same_database_file_does_not_start_and_one_with_the_same_token_is_warned_of(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})

    def warned(logs: Sequence[MutableMapping[str, Any]]) -> list[str]:
        events = [log["event"] for log in logs if log["log_level"] == "warning"]
        return [event.split(".")[0] for event in events if event.startswith("Another Hearsay")]

    async with running(settings) as first:
        await first.up()
        with capture_logs() as logs:
            async with running(settings) as second:
                with pytest.raises(StoreError, match="Another Hearsay is running with this database"):
                    await asyncio.wait_for(second.task, 60)
            async with running(other) as second:
                await second.up()
            assert warned(logs) == ["Another Hearsay is running with this token"]
    with capture_logs() as logs:
        async with running(settings) as third:
            await third.up()
    assert warned(logs) == []
    assert locks_in(tmp_path) == []


async def test_without_a_token_or_a_database_it_does_not_start(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="DISCORD_TOKEN"):
        await serve(settings.model_copy(update={"discord_token": None}), stop=asyncio.Event())
    nowhere = SecretStr("sqlite:////no/such/folder/here.db")
    with pytest.raises(StoreError, match="/no/such/folder"):
        await serve(settings.model_copy(update={"database_url": nowhere}), stop=asyncio.Event())


@pytest.mark.parametrize("request_path", ["/users/@me", "/gateway/bot"])
async def test_a_discord_that_cannot_be_reached_is_tried_again_ever_later(
    local: LocalDiscord, settings: Settings, request_path: str
) -> None:
    local.faults.order("GET", request_path, faults.connection_cut(), times=8)
    with capture_logs() as logs:
        async with running(settings) as bot:
            await bot.up()
            await bot.end()
    pauses = [log["again_in_seconds"] for log in logs if log["event"] == "Discord cannot be reached"]
    assert len(pauses) > 1  # aiohttp tries some of them again itself
    assert pauses == [0.01 * 2**n for n in range(len(pauses))]


async def test_it_can_be_stopped_while_discord_cannot_be_reached(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "RETRY_FIRST", 3600.0)
    dead = settings.model_copy(update={"discord_api_base": HttpUrl("http://127.0.0.1:9/api/v10")})
    with capture_logs() as logs:
        async with running(dead) as bot:

            async def waiting() -> bool:
                return "Discord cannot be reached" in [log["event"] for log in logs]

            await eventually(waiting)
            assert not bot.ready.done()
            await bot.end()


@pytest.mark.parametrize(
    ("code", "error", "sentence"),
    [(4004, TokenRefused, "refuses the token"), (4014, HearsayError, "intent"), (4011, HearsayError, "code 4011")],
)
async def test_a_gateway_that_closes_for_good_ends_it(
    local: LocalDiscord, settings: Settings, code: int, error: type[HearsayError], sentence: str
) -> None:
    async with running(settings) as bot:
        await bot.up()
        local.drop(code, resumable=False)
        with pytest.raises(error, match=sentence):
            await asyncio.wait_for(bot.task, 20)


async def test_a_step_that_fails_is_counted_and_the_bot_goes_on(
    local: LocalDiscord, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_args: object, **_kwargs: object) -> int:
        raise ZeroDivisionError("a step")

    monkeypatch.setattr(steps, "read_entries", broken)
    with capture_logs() as logs:
        async with running(settings) as bot:
            services, _client = await bot.up()

            async def counted() -> bool:
                value = services.metrics.registry.get_sample_value("hearsay_step_failures_total", {"step": "read"})
                return bool(value)

            await eventually(counted)
            await local.commands_registered("about")
            answer = await local.user("rita").slash(local.channel("news"), "about")
            assert "Hearsay" in (await answer.done()).text
            await bot.end()
    assert {"step failed"} <= {log["event"] for log in logs}


async def test_a_command_that_is_being_answered_is_ended_without_an_alarm(
    local: LocalDiscord, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "GRACE_S", 0.05)
    begun = asyncio.Event()

    async def endless(*_args: object, **_kwargs: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    with capture_logs() as logs:
        async with running(settings) as bot:
            services, _client = await bot.up()
            monkeypatch.setattr(type(services.store.guilds), "feeds_of", endless)
            await local.commands_registered("feed")
            person = local.user("rita")
            asking = asyncio.create_task(person.slash(local.channel("news"), "about"))
            await asyncio.wait_for(begun.wait(), 10)
            await bot.end()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    assert [log for log in logs if log["log_level"] in ("error", "critical")] == []


async def test_health_and_metrics_are_served_and_follow_the_connection(
    local: LocalDiscord, settings: Settings
) -> None:
    with capture_logs() as logs:
        async with running(settings.model_copy(update={"metrics_address": "127.0.0.1:0"})) as bot:
            await bot.up()
            (metrics_url,) = [log["url"] for log in logs if log["event"] == "metrics served"]
            health_url = metrics_url.replace("/metrics", "/healthz")
            status, body = await asked(health_url)
            assert (status, json.loads(body)) == (200, {"store": True, "discord": True})
            assert "hearsay_polls" in (await asked(metrics_url))[1]
            ready_url = metrics_url.replace("/metrics", "/readyz")
            status, body = await asked(ready_url)
            assert (status, json.loads(body)) == (200, {"store": True, "discord": True, "workers": True})
            await local.stop()

            async def unwell() -> bool:
                return (await asked(health_url))[0] == 503

            await eventually(unwell)
            assert json.loads((await asked(health_url))[1]) == {"store": True, "discord": False}
            status, body = await asked(ready_url)
            assert (status, json.loads(body)["discord"]) == (503, False)
            await bot.end()


async def test_before_discord_is_reached_it_is_not_well(settings: Settings) -> None:
    changed = {"metrics_address": "127.0.0.1:0", "discord_api_base": HttpUrl("http://127.0.0.1:9/api/v10")}
    with capture_logs() as logs:
        async with running(settings.model_copy(update=changed)) as bot:

            async def served() -> bool:
                return "metrics served" in [log["event"] for log in logs]

            await eventually(served)
            url = next(log["url"] for log in logs if log["event"] == "metrics served")
            status, body = await asked(url.replace("/metrics", "/healthz"))
            assert (status, json.loads(body)) == (503, {"store": True, "discord": False})
            await bot.end()


async def nobody() -> dict[str, bool]:
    return {}


async def test_it_is_healthy_before_it_is_ready() -> None:
    async def starting() -> dict[str, bool]:
        return {"workers": False}

    async with serve_metrics(":0", Metrics(), nobody, starting) as url:
        assert await asked(f"{url}/healthz") == (200, "{}")
        status, body = await asked(f"{url}/readyz")
        assert (status, json.loads(body)) == (503, {"workers": False})
    async with serve_metrics(":0", Metrics(), nobody) as url:
        assert (await asked(f"{url}/readyz"))[0] == 200


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:many", "127.0.0.1:70000", "no such host:1", ""])
async def test_an_address_that_cannot_be_used_for_metrics_is_reported(address: str) -> None:
    with pytest.raises(SettingsError, match="HEARSAY_METRICS_ADDRESS"):
        async with serve_metrics(address, Metrics(), nobody):
            raise AssertionError("it was served")


async def test_a_port_in_use_is_reported_and_loopback_is_where_no_host_is_named() -> None:
    async with serve_metrics(":0", Metrics(), nobody) as url:
        assert url.startswith("http://127.0.0.1:")
        with pytest.raises(SettingsError, match="free port"):
            async with serve_metrics(url.removeprefix("http://"), Metrics(), nobody):
                raise AssertionError("it was served twice")
    with pytest.raises(aiohttp.ClientConnectorError):
        await asked(url)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_asks_to_stop_and_is_left_alone_afterwards(number: signal.Signals) -> None:
    usual = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    async with stop_signals() as stop:
        os.kill(os.getpid(), number)
        await asyncio.wait_for(stop.wait(), 10)
    assert signal.getsignal(number) == usual[number]
