import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from bot.delivery.digest_messages import messages_of
from bot.model.digests import Digest, DigestArticle, DigestStory, MergedClaim
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import MARSH, NOW, digests

ARTICLE = DigestArticle(
    1,
    7,
    "Dunmore dam was *never* in danger, mayor says",
    "https://courier.example/1",
    "The Courier",
    NOW - timedelta(hours=2),
    "https://img.example/1.jpg",
    (),
    (),
)
POST = replace(ARTICLE, article_id=2, outlet="Daily Post", url="https://post.example/2", image_url=None)
STORY = DigestStory(ARTICLE, (POST,), ("Elena Marsh", "River Authority"), (MergedClaim(MARSH),), 3)
DIGEST = Digest(NOW, "Europe/Berlin", (STORY,), 2)


def nonce_of(number: int) -> str:
    return f"n{number}"


def test_a_digest_has_a_header_with_its_local_date() -> None:
    header = messages_of(DIGEST, nonce_of)[0]["embeds"][0]
    assert header["title"] == "Who said what: Saturday, 18 July 2026"
    assert header["description"] == (
        "1 story from 2 outlets, 08:00 in Europe/Berlin; 2 more stories left for the next digest."
    )


def test_the_date_is_that_of_the_subscriptions_place() -> None:
    late = replace(DIGEST, slot=NOW.replace(hour=23), timezone="Asia/Tokyo")
    assert "Sunday, 19 July 2026" in messages_of(late, nonce_of)[0]["embeds"][0]["title"]


def test_a_story_shows_headline_claims_its_outlets_once_and_what_is_left_out() -> None:
    (message,) = messages_of(DIGEST, nonce_of)
    story = message["embeds"][1]
    assert story["title"] == r"Dunmore dam was \*never\* in danger, mayor says"
    assert story["url"] == "https://courier.example/1"
    assert story["thumbnail"] == {"url": "https://img.example/1.jpg"}
    assert story["footer"] == {"text": "3 more claims"}
    assert story["description"] == (
        "**Elena Marsh** (mayor of Dunmore) · [source](https://courier.example/1)\n"
        "> “The dam was never in danger”\n\n"
        "-# [The Courier](https://courier.example/1), [Daily Post](https://post.example/2)"
    )


def test_the_evidence_button_carries_the_nonce_and_the_payload_names_its_claims() -> None:
    (message,) = messages_of(DIGEST, nonce_of)
    row = message["components"][-1]
    assert [(b["label"], b["custom_id"]) for b in row["components"]] == [
        ("Evidence", "hearsay:digest:n0:0"),
        ("Follow …", "hearsay:follow:digest:n0"),
    ]
    assert message["claim_ids"] == [1]


def test_a_picture_over_http_is_not_shown() -> None:
    story = replace(STORY, lead=replace(ARTICLE, image_url="http://img.example/1.jpg"))
    (message,) = messages_of(replace(DIGEST, stories=(story,)), nonce_of)
    assert "thumbnail" not in message["embeds"][1]


def test_a_long_digest_goes_on_in_further_messages_with_their_own_nonces() -> None:
    long = replace(MARSH, content="never in danger " * 40)
    stories = tuple(
        replace(STORY, claims=tuple(MergedClaim(replace(long, claim_id=10 * s + n)) for n in range(4)))
        for s in range(8)
    )
    messages = messages_of(replace(DIGEST, stories=stories), nonce_of)
    assert len(messages) > 1
    assert messages[1]["embeds"][0]["author"]["name"] == "Saturday, 18 July 2026, continued"
    assert messages[1]["components"][0]["components"][0]["custom_id"] == "hearsay:more:n1"
    assert messages[1]["components"][1]["components"][0]["custom_id"] == "hearsay:digest:n1:0"
    assert [i for m in messages for i in m["claim_ids"]] == [10 * s + n for s in range(8) for n in range(4)]


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(digests)
def test_no_digest_makes_a_message_that_discord_refuses(digest: Digest) -> None:
    messages = messages_of(digest, nonce_of)
    for message in messages:
        assert problems_of(message) == []
        json.dumps(message).encode()
    stories = sum(len(message["embeds"]) for message in messages) - 1
    assert stories == len(digest.stories)
    assert all(message["claim_ids"] for message in messages if message["embeds"][1:])
