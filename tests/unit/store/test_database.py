"""Addresses of databases, and values on their way in and out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import URL
from sqlalchemy.dialects import sqlite

from bot.errors import NotFound, StoreError
from bot.store.database import known_id
from bot.store.database_address import driver_url, shown_url
from bot.store.failures import plain_errors
from bot.store.schema.columns import Moment


def test_plain_addresses_get_their_asynchronous_drivers() -> None:
    assert driver_url("sqlite:///x.db").render_as_string() == "sqlite+aiosqlite:///x.db"
    for kind in ("postgres", "postgresql", "postgresql+psycopg"):
        url = driver_url(f"{kind}://u:p@h:1/d?sslmode=require").render_as_string(hide_password=False)
        assert url == "postgresql+asyncpg://u:p@h:1/d?ssl=require"


@pytest.mark.parametrize(
    "url", ["", "x", "mysql://u:secret@h/d", "sqlite://", "sqlite:///:memory:", "postgres://h:secret/"]
)
def test_other_addresses_are_refused_without_repeating_them(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        driver_url(url)
    assert "secret" not in caught.value.message
    assert caught.value.__cause__ is None


def test_an_address_is_shown_without_user_and_password() -> None:
    assert shown_url("postgresql://u:secret@h:5433/d?password=secret") == "postgresql://h:5433/d"
    assert shown_url("postgresql:///d") == "postgresql://localhost/d"
    assert shown_url("sqlite:///data/x.db") == "sqlite:///data/x.db"


def test_a_moment_is_stored_in_utc_and_comes_back_aware() -> None:
    moment = datetime(2026, 3, 4, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    noon = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    for dialect in (sqlite.dialect(), URL.create("postgresql+asyncpg").get_dialect()()):
        bound = Moment().process_bind_param(moment, dialect)
        back = Moment().process_result_value(bound, dialect)
        assert back == noon
        assert back is not None
        assert back.tzinfo is UTC
        assert Moment().process_bind_param(None, dialect) is Moment().process_result_value(None, dialect) is None


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Moment().process_bind_param(datetime(2026, 3, 4), sqlite.dialect())  # noqa: DTZ001


@pytest.mark.parametrize("number", [-1, 2**63, 10**100])
def test_a_number_that_no_row_can_have_is_not_found(number: int) -> None:
    with pytest.raises(NotFound):
        known_id(number)


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(111, "Connection refused"), TimeoutError(), OSError("odd")]
)
def test_a_database_out_of_reach_is_reported_in_a_sentence(error: OSError) -> None:
    with pytest.raises(StoreError, match=r"^The database cannot be reached: .*\.$"), plain_errors():
        raise error
