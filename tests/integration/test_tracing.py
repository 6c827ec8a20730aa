"""Traces reach a collector if a host wants them, and cost nothing if not."""

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import HttpUrl

from bot.app import open_services
from bot.errors import SettingsError
from bot.tracing import traces_to
from config.settings import Settings
from tests.integration.feeds.server import served


async def test_by_default_nothing_is_noted_and_nothing_is_loaded() -> None:
    async with traces_to(None) as tracer:
        assert isinstance(tracer.span("step poll"), nullcontext)
    assert "opentelemetry.sdk" not in sys.modules


async def test_without_the_libraries_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(SettingsError, match=r"hearsay\[otel\]"):
        async with traces_to("http://127.0.0.1:1/v1/traces"):
            pass


async def test_the_steps_of_a_pass_reach_the_collector(tmp_path: Path) -> None:
    pytest.importorskip("opentelemetry.sdk")
    bodies: list[bytes] = []

    async def collect(request: web.Request) -> web.Response:
        bodies.append(await request.read())
        return web.Response()

    async with served(collect) as url:
        settings = Settings(data_dir=tmp_path, traces_endpoint=HttpUrl(f"{url}/v1/traces"))
        async with open_services(settings) as services:
            await services.runner.pass_once()
    assert b"".join(bodies).count(b"step poll") == 1
    assert b"hearsay" in bodies[0]


async def test_a_collector_that_is_away_holds_nothing_up(tmp_path: Path) -> None:
    pytest.importorskip("opentelemetry.sdk")
    async with traces_to("http://127.0.0.1:1/v1/traces") as tracer:
        with tracer.span("step poll", done=3):
            pass
