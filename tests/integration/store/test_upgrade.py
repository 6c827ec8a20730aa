"""The schema, from empty and from each earlier revision, on either database."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from bot.errors import StoreError
from bot.model.queries import ClaimQuery
from bot.store import open_store
from bot.store.database import open_engine
from bot.store.schema.alembic_options import alembic_options
from bot.store.schema.news_tables import ArticleTextRow
from bot.store.schema.rows import Row
from bot.store.upgrade import MIGRATIONS, check, current, newest, revisions, upgrade, upgrade_apart
from tests.integration.store.processes import python

OLD_ROWS = (
    """INSERT INTO articles (id, url_key, url, outlet, title, published_at, text, origin, state, attempts, read_at)
       VALUES (7, 'k', 'https://a.example/', 'A', 'T', '2026-03-04 12:00:00', 'Zürich wins', 'page',
               'extracted', 0, '2026-03-04 12:00:00')""",
    "INSERT INTO actors (id, name, folded, type) VALUES (5, 'Ada Quist', 'ada quist', 'PERSON')",
    """INSERT INTO article_actors (article_id, actor_id, name, folded, position, salience, claims)
       VALUES (7, 5, 'Ada Quist', 'ada quist', 0, 0.5, 1)""",
    """INSERT INTO claims (id, article_id, actor_id, position, source, cue, content, evidence_start, evidence_end,
                           source_text, cue_text, content_text, kind, verbatim, confidence)
       VALUES (9, 7, 5, 0, '[]', '[]', '[]', 0, 1, '', '', 'Zürich wins', 'statement', 'verbatim', 0.9)""",
)


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts=alembic_options())
    found: list[object] = compare_metadata(context, Row.metadata)
    return found


async def test_the_migrated_schema_is_the_one_in_the_code(empty_database_url: str) -> None:
    await upgrade(empty_database_url)
    engine = open_engine(empty_database_url, pooled=False)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()
    assert await check(empty_database_url) == []


def test_the_names_of_the_files_are_the_revisions_in_their_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    walked = ScriptDirectory.from_config(config).walk_revisions()
    assert revisions() == tuple(script.revision for script in walked)


START = """
import asyncio, sys
from bot.store import upgrade
if __name__ == "__main__":
    asyncio.run(getattr(upgrade, sys.argv[2])(sys.argv[1]))
    sys.exit("alembic" in sys.modules or 2 * ("asyncpg" in sys.modules))
"""
"""Upgrades a database, and exits with 0 if neither Alembic nor the driver of PostgreSQL was loaded."""


async def test_a_bot_whose_database_is_current_loads_neither_alembic_nor_the_other_driver(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'hearsay.db'}"
    await python(START, url, "upgrade", returns=1)
    await python(START, url, "upgrade", returns=0)


async def test_a_bot_that_upgrades_apart_never_loads_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'hearsay.db'}"
    await python(START, url, "upgrade_apart", returns=0)
    assert await current(url) == newest()


def die(_url: str) -> None:
    os._exit(1)


async def test_an_upgrade_apart_that_is_killed_is_an_error_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.upgrade._upgrade_here", die)
    with pytest.raises(StoreError, match="Start Hearsay again"):
        await upgrade_apart(f"sqlite:///{tmp_path / 'hearsay.db'}")


@pytest.mark.parametrize("revision", revisions()[::-1])
async def test_each_earlier_revision_is_brought_up_to_date(empty_database_url: str, revision: str) -> None:
    await upgrade(empty_database_url, revision)
    assert await current(empty_database_url) == revision
    problems = await check(empty_database_url)
    assert bool(problems) == (revision != newest())
    assert all("db upgrade" in problem for problem in problems)
    await upgrade(empty_database_url)
    await upgrade(empty_database_url)
    assert await current(empty_database_url) == newest()


async def test_claims_from_before_full_text_search_are_found_by_it(empty_database_url: str) -> None:
    await upgrade(empty_database_url, "0001")
    engine = open_engine(empty_database_url, pooled=False)
    async with engine.begin() as connection:
        for statement in OLD_ROWS:
            await connection.execute(text(statement))
    await engine.dispose()
    async with open_store(empty_database_url) as store:
        for topic in ("zurich", "winning quist"):
            assert (await store.claims.search(ClaimQuery(topic=topic), limit=5)).total == 1


async def test_articles_keep_their_texts_when_these_get_a_table_of_their_own(empty_database_url: str) -> None:
    await upgrade(empty_database_url, "0039")
    engine = open_engine(empty_database_url, pooled=False)
    another = OLD_ROWS[0].replace("(7, 'k'", "(123456, 'l'").replace("Zürich wins", "")
    async with engine.begin() as connection:
        for statement in (OLD_ROWS[0], another):
            await connection.execute(text(statement))
    await engine.dispose()
    async with open_store(empty_database_url) as store:
        assert (await store.articles.get(7)).text == "Zürich wins"
        assert (await store.articles.get(123456)).text == ""
        async with store.database.reading() as connection:
            stored = await connection.execute(select(ArticleTextRow.article_id))
            assert list(stored.scalars()) == [7], "an article without a text has no row"


async def test_a_store_that_is_behind_is_not_opened_without_migrating(empty_database_url: str) -> None:
    with pytest.raises(StoreError, match="db upgrade"):
        async with open_store(empty_database_url, migrate=False):
            pass


async def test_a_store_of_a_newer_hearsay_is_left_alone(database_url: str) -> None:
    engine = open_engine(database_url, pooled=False)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        (problem,) = await check(database_url)
        assert "newer Hearsay" in problem
        for upgrading in (upgrade, upgrade_apart):
            with pytest.raises(StoreError, match="newer Hearsay"):
                await upgrading(database_url)
    finally:
        async with engine.begin() as connection:
            await connection.execute(text(f"UPDATE alembic_version SET version_num = '{newest()}'"))
        await engine.dispose()


async def test_a_migration_that_fails_leaves_what_was_there(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await upgrade(empty_database_url, "0001")

    def fail(_text: str) -> list[str]:
        raise StoreError("broken on purpose")

    engine = open_engine(empty_database_url, pooled=False)
    async with engine.begin() as connection:
        for statement in OLD_ROWS:
            await connection.execute(text(statement))
    monkeypatch.setattr("bot.store.search.words.words_of", fail)
    with pytest.raises(StoreError, match="on purpose"):
        await upgrade(empty_database_url)
    async with engine.connect() as connection:
        columns = await connection.run_sync(
            lambda c: [column["name"] for column in inspect(c).get_columns("claims")]
        )
    await engine.dispose()
    assert "search_text" not in columns
    assert await current(empty_database_url) == "0001"
    monkeypatch.undo()
    await upgrade(empty_database_url)
    assert await check(empty_database_url) == []


async def test_processes_that_migrate_at_once_do_not_clash(empty_database_url: str) -> None:
    code = "import asyncio, sys; from bot.store.upgrade import upgrade; asyncio.run(upgrade(sys.argv[1]))"
    await asyncio.gather(*(python(code, empty_database_url) for _ in range(3)))
    assert await check(empty_database_url) == []


async def test_what_subscriptions_were_shown_is_carried_over_to_their_channels(empty_database_url: str) -> None:
    await upgrade(empty_database_url, "0013")
    engine = open_engine(empty_database_url, pooled=False)
    async with engine.begin() as connection:
        await connection.execute(text(OLD_ROWS[0]))
        for subscription_id in (3, 4):
            await connection.execute(
                text(
                    f"""INSERT INTO subscriptions (id, guild_id, channel_id, cadence, at, weekday, timezone,
                            feed_ids, minimum_confidence, next_at, created_by, created_at)
                        VALUES ({subscription_id}, 11, 22, 'daily', '09:00:00', 0, 'UTC', '[]', 0.8,
                            '2026-03-04 12:00:00', 1, '2026-03-04 12:00:00')"""
                )
            )
            await connection.execute(
                text(
                    f"""INSERT INTO deliveries (id, subscription_id, slot, part, nonce, payload, claim_ids, state,
                            attempts, next_try_at, message_id)
                        VALUES ({subscription_id}0, {subscription_id}, '2026-03-04 12:00:00', 0,
                            'n{subscription_id}', '{{}}', '[]', 'sent', 1, '2026-03-04 12:00:00', 77)"""
                )
            )
            await connection.execute(
                text(
                    f"""INSERT INTO shown_articles (subscription_id, article_id, slot)
                        VALUES ({subscription_id}, 7, '2026-03-04 12:00:00')"""
                )
            )
    await engine.dispose()
    async with open_store(empty_database_url) as store:
        selection = (await store.subscriptions.get(3, 11)).selection
        since = datetime(2026, 3, 1, tzinfo=UTC)
        await store.subscriptions.remove(3, 11)
        assert await store.digests.unshown_articles(selection, unshown_in=22, since=since, limit=9) == []
        delivery = await store.deliveries.by_nonce("n3", 11)
        assert (delivery.channel_id, delivery.message_id) == (22, 77)
        async with store.database.reading() as connection:
            shown = await connection.execute(text("SELECT channel_id, article_id, guild_id FROM shown_articles"))
            assert [tuple(row) for row in shown] == [(22, 7, 11)]
