import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from bot.delivery.digest_messages import messages_of
from bot.model.claims import Wording
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
    assert header["title"] == "Who said what: Sat, 18 Jul 2026"
    assert header["description"] == "1 story; 2 more next time. ≈ paraphrased."


def test_the_date_is_that_of_the_subscriptions_place() -> None:
    late = replace(DIGEST, slot=NOW.replace(hour=23), timezone="Asia/Tokyo")
    assert "Sun, 19 Jul 2026" in messages_of(late, nonce_of)[0]["embeds"][0]["title"]


def test_a_story_shows_headline_claims_its_outlets_once_and_what_is_left_out() -> None:
    (message,) = messages_of(DIGEST, nonce_of)
    story = message["embeds"][1]
    assert story["title"] == r"Dunmore dam was \*never\* in danger, mayor says"
    assert story["url"] == "https://courier.example/1"
    assert story["thumbnail"] == {"url": "https://img.example/1.jpg"}
    assert story["footer"] == {"text": "The Courier +1"}
    assert story["timestamp"] == ARTICLE.published_at.isoformat()
    assert story["description"] == (
        "**[Elena Marsh](https://courier.example/1)** (mayor of Dunmore)\n> “The dam was never in danger”"
    )
    (option,) = message["components"][0]["components"][0]["options"]
    assert option["description"] == "The Courier +1 · 3 more claims"


def test_a_paraphrase_reads_on_behind_its_speaker_and_names_an_outlet_that_is_not_the_storys_first() -> None:
    claim = replace(MARSH, verbatim=Wording.PARAPHRASED, outlet="Daily Post", url="https://post.example/2")
    story = replace(STORY, claims=(MergedClaim(claim),))
    (message,) = messages_of(replace(DIGEST, stories=(story,)), nonce_of)
    assert message["embeds"][1]["description"] == (
        "**[Elena Marsh](https://post.example/2)** (mayor of Dunmore) · Daily Post ≈ The dam was never in danger"
    )


def test_a_pronoun_that_means_the_speaker_is_not_explained() -> None:
    claim = replace(MARSH, content="she did nothing wrong", verbatim=Wording.PARAPHRASED, refers_to="Marsh")
    (message,) = messages_of(replace(DIGEST, stories=(replace(STORY, claims=(MergedClaim(claim),)),)), nonce_of)
    assert message["embeds"][1]["description"].endswith("≈ She did nothing wrong")


def test_long_words_and_roles_are_shortened_at_their_joints() -> None:
    first = "The dam was never in danger, and nobody who lives below it has to leave home tonight or at all."
    content = f"{first} We have looked at every gate twice, by day and by night, and shall do so again tomorrow."
    claim = replace(MARSH, content=content, role="lead engineer, of the National Institute of Water in Dunmore")
    (message,) = messages_of(replace(DIGEST, stories=(replace(STORY, claims=(MergedClaim(claim),)),)), nonce_of)
    assert message["embeds"][1]["description"] == (
        f"**[Elena Marsh](https://courier.example/1)** (lead engineer)\n> “{first} …”"
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
    assert messages[1]["embeds"][0]["author"]["name"] == "Sat, 18 Jul 2026, continued"
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
