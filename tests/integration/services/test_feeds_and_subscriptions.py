"""What people ask for, on the command line as in Discord."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import open_services
from bot.errors import AlreadyThere, BadInput, NotFound
from bot.model.feeds import Candidate, Feed
from bot.services import feed_choices
from bot.services.claims import claim_query
from bot.services.digests import digest_claims
from bot.services.engine import Services
from bot.services.feeds import add_found, feed_named, feeds_of, remove_feed
from bot.services.server_settings import timezone_of
from bot.services.subscriptions import subscription_named
from config.settings import Settings
from preview.newsroom.server import Newsroom

GUILD, USER = 10, 20


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    async with Newsroom() as made:
        yield made


@pytest.fixture
async def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Services]:
    monkeypatch.chdir(tmp_path)
    async with open_services(Settings(data_dir=tmp_path, allow_private_addresses=True)) as made:
        yield made


async def add_feed(services: Services, guild_id: int | None, user_id: int, address: str) -> Feed:
    (found,) = await feed_choices.feeds_at(services, address)
    return await add_found(services, guild_id, user_id, found)


async def test_the_host_keeps_a_feed_that_no_server_has_until_it_is_released(
    services: Services, newsroom: Newsroom
) -> None:
    feed = await add_feed(services, None, 0, newsroom.feed_url("courier"))
    assert feed.kept_by_host
    assert await feeds_of(services, GUILD) == []
    assert [f.id for f in await feeds_of(services, None)] == [feed.id]
    assert len(await services.store.feeds.due(services.clock(), 10)) == 1
    await remove_feed(services, None, feed.url + "/")
    assert await services.store.feeds.due(services.clock(), 10) == []


async def test_a_feed_is_stored_once_for_all_servers(services: Services, newsroom: Newsroom) -> None:
    ours = await add_feed(services, GUILD, USER, newsroom.feed_url("courier"))
    theirs = await add_feed(services, GUILD + 1, USER, newsroom.feed_url("courier"))
    assert ours.id == theirs.id
    with pytest.raises(AlreadyThere):
        await add_feed(services, GUILD, USER, newsroom.feed_url("courier"))
    await remove_feed(services, GUILD, ours.title.upper())
    assert await feeds_of(services, GUILD) == []
    assert len(await feeds_of(services, GUILD + 1)) == 1


async def test_the_days_of_the_host_are_those_of_utc(services: Services) -> None:
    assert await timezone_of(services, None) == "UTC"
    query = await claim_query(services, None, since="today", actor="  ", topic=" dam ")
    now = services.clock()
    assert query.since is not None
    assert query.since <= now
    assert (query.since.hour, query.since.minute) == (0, 0)
    assert (query.actor, query.topic) == (None, "dam")
    assert query.minimum_confidence == services.settings.minimum_confidence


async def test_questions_that_are_too_long_are_refused(services: Services) -> None:
    with pytest.raises(BadInput, match="at most 200"):
        await claim_query(services, GUILD, topic="x" * 201)


@pytest.mark.parametrize("nonce", ["", "unknown", "' OR 1=1 --"])
async def test_a_digest_that_was_never_posted_has_no_evidence(services: Services, nonce: str) -> None:
    with pytest.raises(NotFound, match="no longer stored"):
        await digest_claims(services, GUILD, nonce)


async def test_an_address_in_other_forms_is_one_feed_and_names_it(services: Services) -> None:
    forms = ["https://grüße.example", "HTTPS://Grüße.example:443/", "https://xn--gre-6ka8l.example/"]
    feed = await add_found(services, None, 7, Candidate(forms[0], "Greetings"))
    assert feed.url == forms[2]
    for form in forms:
        assert (await add_found(services, None, 7, Candidate(form, "Again"))).id == feed.id
        assert (await feed_named(services, None, form)).id == feed.id


async def test_what_is_named_and_is_not_there_is_said_without_markup(services: Services) -> None:
    for named in ("**12**", "@everyone", "9" * 400):
        with pytest.raises(NotFound, match="There is no") as told:
            await feed_named(services, GUILD, named)
        with pytest.raises(NotFound, match="There is no"):
            await subscription_named(services, GUILD, named)
        assert not {"*", "@"} & {*told.value.message}
        assert len(told.value.message) < 200
