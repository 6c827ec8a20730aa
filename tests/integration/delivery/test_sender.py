"""An unmodified discord.py client posts to the local Discord."""

import asyncio
import warnings
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

with warnings.catch_warnings():
    # discord.py imports audioop, which Python 3.13 no longer has.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord

from bot.delivery.digest_messages import messages_of
from bot.delivery.sender import NONCE_HOLDS, DiscordSender
from bot.delivery.views import view_of
from bot.errors import ChannelForbidden, ChannelGone, DeliveryError, DeliveryRefused, DeliveryUncertain
from bot.model.delivery import Delivery, DeliveryState, PostedAt
from bot.model.digests import Digest, DigestArticle, DigestStory, MergedClaim
from preview.discord import LocalDiscord, Permission, faults
from preview.discord.errors import RestError
from preview.discord.faults import Fault
from tests.unit.delivery.samples import MARSH, NOW

MESSAGES = "/channels/*/messages"
NONCE = "abcdef0123456789"
ARTICLE = DigestArticle(
    1,
    7,
    "Dunmore dam was never in danger",
    "https://courier.example/1",
    "The Courier",
    NOW,
    "https://i.example/1",
    (),
    (),
)
STORY = DigestStory(ARTICLE, (), ("Elena Marsh",), (MergedClaim(MARSH),))
DIGEST = Digest(NOW, "UTC", (STORY,))


@pytest.fixture
def sender(client: discord.Client) -> DiscordSender:
    return DiscordSender(client)


@pytest.fixture
def delivery(local: LocalDiscord) -> Delivery:
    (payload,) = messages_of(DIGEST, lambda _: NONCE)
    channel = int(local.channel("news").id)
    now = datetime.now(UTC)
    return Delivery(1, 1, channel, now, 0, NONCE, payload, DeliveryState.PENDING, 0, None, now, None, None)


def tried(delivery: Delivery, ago: timedelta = timedelta()) -> Delivery:
    return replace(delivery, attempts=1, attempted_at=datetime.now(UTC) - ago)


async def test_a_delivery_becomes_a_message_with_its_embeds_and_its_button(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    message_id = (await sender.send(delivery)).message_id
    (message,) = local.channel("news").messages
    assert int(message["id"]) == message_id
    assert [e["title"] for e in message["embeds"]] == [e["title"] for e in delivery.payload["embeds"]]
    assert message["embeds"][1]["description"] == delivery.payload["embeds"][1]["description"]
    assert message["components"][0]["components"][0]["custom_id"] == f"hearsay:more:{NONCE}"
    assert message["components"][1]["components"][0]["custom_id"] == f"hearsay:digest:{NONCE}:0"
    sent = next(seen for seen in local.requests if seen.method == "POST" and seen.path.endswith("/messages"))
    assert sent.body["allowed_mentions"] == {"parse": []}
    assert sent.body["nonce"] == NONCE
    assert sent.body["enforce_nonce"] is True
    assert "claim_ids" not in sent.body


async def test_sending_leaves_no_view_in_the_clients_memory(
    client: discord.Client, sender: DiscordSender, delivery: Delivery
) -> None:
    await sender.send(delivery)
    assert client.persistent_views == []
    assert view_of(delivery.payload["components"]).is_finished()


async def test_sending_twice_within_the_nonces_time_is_one_message(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    first = await sender.send(delivery)
    assert await sender.send(delivery) == first
    assert len(local.channel("news").messages) == 1


async def test_a_message_of_an_earlier_attempt_is_found_by_its_nonce(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    await sender.send(replace(delivery, nonce="other", payload=messages_of(DIGEST, lambda _: "other")[0]))
    posted = await sender.send(delivery)
    assert await sender.find_posted(tried(delivery), datetime.now(UTC)) == posted
    assert await sender.find_posted(delivery, datetime.now(UTC)) is None


async def test_a_message_that_never_left_is_not_found(sender: DiscordSender, delivery: Delivery) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    assert await sender.find_posted(tried(delivery), later) is None


async def test_a_message_whose_answer_was_lost_is_found(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    local.faults.order("POST", MESSAGES, faults.answer_lost())
    with pytest.raises(DeliveryError, match="could not be reached"):
        await sender.send(delivery)
    (message,) = local.channel("news").messages
    assert await sender.find_posted(tried(delivery), datetime.now(UTC)) == PostedAt(int(message["id"]))


async def test_without_the_history_the_nonce_holds_for_a_while_and_then_nothing_is_repeated(
    local: LocalDiscord, client: discord.Client, sender: DiscordSender, delivery: Delivery
) -> None:
    told = asyncio.ensure_future(client.wait_for("guild_channel_update", timeout=10))
    await asyncio.sleep(0)
    local.forbid(local.channel("news"), Permission.READ_MESSAGE_HISTORY)
    await told
    now = datetime.now(UTC)
    assert await sender.find_posted(tried(delivery), now) is None
    with pytest.raises(DeliveryUncertain, match="Read Message History"):
        await sender.find_posted(tried(delivery, NONCE_HOLDS + timedelta(seconds=1)), now)


async def test_a_search_ends_at_messages_much_younger_than_the_attempt(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    await sender.send(delivery)
    long_ago = tried(replace(delivery, nonce="another"), timedelta(hours=2))
    assert await sender.find_posted(long_ago, datetime.now(UTC)) is None


async def test_a_deleted_channel_is_gone(local: LocalDiscord, sender: DiscordSender, delivery: Delivery) -> None:
    local.delete_channel(local.channel("news"))
    with pytest.raises(ChannelGone):
        await sender.send(delivery)


async def test_a_channel_that_the_client_does_not_know_is_asked_for(
    sender: DiscordSender, delivery: Delivery
) -> None:
    with pytest.raises(ChannelGone):
        await sender.send(replace(delivery, channel_id=123))


async def test_a_missing_permission_is_reported(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    local.forbid(local.channel("news"), Permission.SEND_MESSAGES)
    with pytest.raises(ChannelForbidden, match="Send Messages"):
        await sender.send(delivery)


async def test_discords_own_troubles_may_be_over_later(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(_: float) -> None:
        """discord.py waits some seconds between its own tries."""

    monkeypatch.setattr("discord.http.asyncio.sleep", at_once)
    local.faults.order("POST", MESSAGES, faults.server_error(503), times=None)
    with pytest.raises(DeliveryError, match="503") as caught:
        await sender.send(delivery)
    assert caught.value.retryable


async def test_a_long_rate_limit_says_how_long_to_wait(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    local.faults.order("POST", MESSAGES, faults.rate_limited(90))
    with pytest.raises(DeliveryError) as caught:
        await sender.send(delivery)
    assert caught.value.retry_after is not None
    assert caught.value.retry_after >= timedelta(seconds=80)


async def test_a_short_rate_limit_is_waited_out(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    local.faults.order("POST", MESSAGES, faults.rate_limited(0.01))
    await sender.send(delivery)
    assert len(local.channel("news").messages) == 1


async def test_a_link_that_discord_refuses_does_not_hold_up_the_digest(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    local.faults.order("POST", MESSAGES, Fault(RestError(400, 50_035, "Invalid Form Body")))
    await sender.send(delivery)
    (message,) = local.channel("news").messages
    assert all("thumbnail" not in embed and not embed.get("url") for embed in message["embeds"])


async def test_a_message_that_discord_refuses_altogether_is_not_tried_again(
    local: LocalDiscord, sender: DiscordSender, delivery: Delivery
) -> None:
    local.faults.order("POST", MESSAGES, Fault(RestError(400, 50_008, "Cannot send messages here")))
    with pytest.raises(DeliveryRefused, match="50008"):
        await sender.send(delivery)


async def test_a_damaged_payload_is_refused(sender: DiscordSender, delivery: Delivery) -> None:
    with pytest.raises(DeliveryRefused, match="damaged"):
        await sender.send(replace(delivery, payload={"components": []}))
