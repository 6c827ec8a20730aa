"""Columns: what is written is what SQLAlchemy would write, only sooner."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL, DateTime
from sqlalchemy.dialects import sqlite

from bot.store.schema.columns import Moment

SQLITE = sqlite.dialect()
POSTGRESQL = URL.create("postgresql+asyncpg").get_dialect()()


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_written_for_sqlite_as_sqlalchemy_writes_it(moment: datetime) -> None:
    plain = DateTime().dialect_impl(SQLITE).bind_processor(SQLITE)
    assert plain is not None
    assert Moment().bind_processor(SQLITE)(moment) == plain(moment.replace(tzinfo=None))


def test_a_moment_of_another_zone_is_written_in_utc_and_none_stays_none() -> None:
    write = Moment().bind_processor(SQLITE)
    there = datetime(2026, 3, 4, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert write(there) == "2026-03-03 23:30:00.000000"
    assert write(None) is None


def test_a_naive_moment_is_refused_by_either_database() -> None:
    for dialect in (SQLITE, POSTGRESQL):
        with pytest.raises(ValueError, match="naive"):
            Moment().process_bind_param(datetime(2026, 3, 4), dialect)  # noqa: DTZ001
    with pytest.raises(ValueError, match="naive"):
        Moment().bind_processor(SQLITE)(datetime(2026, 3, 4))  # noqa: DTZ001
