import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import configure_logging


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_events_of_ours_and_of_libraries_come_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", "json")
    structlog.get_logger("bot.test").info("feed failed", url="http://a.example")
    logging.getLogger("library").warning("careful, %s", "now")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (first["event"], first["url"], first["level"]) == ("feed failed", "http://a.example", "info")
    assert second["event"] == "careful, now"


@pytest.mark.parametrize("style", ["json", "console"])
def test_secrets_are_masked_wherever_they_stand(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", style, ["tok.en"])
    log = structlog.get_logger("bot.test")
    try:
        raise RuntimeError("connecting with tok.en failed")
    except RuntimeError:
        log.exception("tok.en is bad", header={"Authorization": "Bot tok.en"})
    logging.getLogger("library").error("GET /?token=tok.en")
    text = capsys.readouterr().err
    assert "tok.en" not in text
    assert "***" in text
    assert "Traceback" in text


def test_the_debug_level_shows_more_of_ours_and_nothing_more_of_chatty_libraries(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("debug", "json")
    structlog.get_logger("bot.test").debug("item done")
    logging.getLogger("discord.gateway").info("keeping alive")
    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["item done"]


def test_quieter_than_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("warning", "json")
    structlog.get_logger("bot.test").info("hello")
    assert capsys.readouterr().err == ""


class ConnectorException(Exception):
    """What the queue's library raises."""


def test_a_database_that_is_away_takes_the_queue_a_line_and_no_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("info", "json")
    for name, error in (
        ("procrastinate.worker", ConnectorException()),
        ("procrastinate.worker", RuntimeError("ours")),
        ("library", ConnectorException()),
    ):
        try:
            raise error from OSError("server closed the connection\nprobably it was killed")
        except Exception:
            logging.getLogger(name).exception("failed")
    cut, ours, other = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert cut["error"] == "ConnectorException: server closed the connection"
    assert "exception" not in cut
    assert "Traceback" in ours["exception"]
    assert "Traceback" in other["exception"]
