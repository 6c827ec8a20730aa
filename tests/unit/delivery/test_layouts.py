"""One digest in three layouts: never over a limit of Discord, whatever its texts are, and the same in each."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.delivery.digest_messages import edited_message, empty_message, messages_of, pinging
from bot.delivery.story_pages import story_page
from bot.digests.shown_stories import shown_digest
from bot.digests.topics import topic_of
from bot.model.claims import Wording
from bot.model.digests import Digest, DigestArticle, DigestStory, Layout, MergedClaim, Plan
from preview.discord.limits import problems_of
from preview.discord.messages import all_components
from preview.discord.objects import COMPONENTS_V2
from tests.unit.delivery.limits import units
from tests.unit.delivery.samples import digests, merged_claims
from tests.unit.digests.samples import NOW, ZONE, article, claim, composed

PATH = "/channels/81384788765712384/messages"
PICTURE = "https://img.example/1.jpg"


def nonce_of(part: int) -> str:
    return f"nonce{part}"


def body_of(message: dict[str, Any]) -> dict[str, Any]:
    """Return what is posted of a message."""
    posted = {k: v for k, v in message.items() if k not in ("claim_ids", "article_ids", "shows")}
    cards = any(one["type"] != 1 for one in posted["components"])
    return posted | ({"flags": COMPONENTS_V2} if cards else {})


def texts_of(message: dict[str, Any]) -> str:
    cards = [one["content"] for one in all_components(message["components"]) if one["type"] == 10]
    embeds = [text for e in message.get("embeds", ()) for text in (e.get("title"), e.get("description"))]
    return "\n".join(filter(None, [message.get("content"), *cards, *embeds]))


def openapi() -> Path | None:
    shared = Path(os.environ.get("HEARSAY_SHARED") or Path(__file__).parents[4] / "shared")
    path = Path(os.environ.get("DISCORD_OPENAPI") or shared / "discord" / "openapi.json")
    return path if path.is_file() else None


def check(message: dict[str, Any]) -> None:
    body = body_of(message)
    assert problems_of("POST", PATH, body) == []
    assert units(body.get("content", "")) <= 2_000
    cards = [one["content"] for one in all_components(body["components"]) if one["type"] == 10]
    assert sum(map(units, cards)) <= 4_000
    assert all(text.strip() for text in cards)
    json.dumps(body).encode()


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("one_by_one", [False, True])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(digest=digests)
def test_no_digest_makes_a_message_over_a_limit(layout: Layout, one_by_one: bool, digest: Digest) -> None:
    messages = messages_of(digest, nonce_of, layout, one_by_one=one_by_one)
    for number, message in enumerate(messages):
        check(message)
        check(pinging(message, 2**63 - 1))
        assert f"nonce{number}" in str(message["components"])
    assert [i for m in messages for i in m["article_ids"]] == list(digest.article_ids)
    if one_by_one:
        assert len(messages) == len(digest.stories)


@pytest.mark.parametrize("layout", Layout)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(digest=digests)
def test_every_message_is_as_discords_specification_has_it(layout: Layout, digest: Digest) -> None:
    path = openapi()
    if path is None:
        pytest.skip("Discord's OpenAPI specification is not here")
    from preview.discord.contract import contract_at

    for message in messages_of(digest, nonce_of, layout):
        assert contract_at(path).request_problems("POST", PATH, body_of(message), []) == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(digest=digests)
def test_no_page_of_a_story_is_over_a_limit(digest: Digest) -> None:
    for place, story in enumerate(digest.stories):
        claims = story.claims * 3
        pages = {json.dumps(story_page(digest.stories, place, claims, "n", n)) for n in range(4)}
        for page in map(json.loads, pages):
            # the same claims again have the same buttons, which a real story never has
            page["components"] = page["components"][1:]
            assert problems_of("POST", PATH, page) == []


@settings(max_examples=25, deadline=None)
@given(merged=merged_claims)
def test_a_page_shows_every_claim_with_its_evidence(merged: MergedClaim) -> None:
    claims = [replace(merged, claim=replace(merged.claim, claim_id=n)) for n in range(1, 13)]
    digest = composed([article(1, 7, "The Courier", [claim(1, "A", "The dam was never in any danger")])])
    assert digest is not None
    pages = [story_page(digest.stories, 0, claims, "n", n) for n in range(3)]
    ids = [b["custom_id"] for page in pages for b in page["components"][0]["components"]]
    assert ids == [f"hearsay:evidence:{n}" for n in range(1, 13)]
    assert story_page(digest.stories, 0, claims, "n", 99) == pages[2], "there may be fewer by now"


def a_digest(*, is_update: bool = False, note: str = "", struck: bool = False) -> Digest:
    told = [
        claim(1, "Elena Marsh", "The dam was never in danger", role="mayor of Dunmore"),
        claim(2, None, "the gates would open on Friday", verbatim=Wording.PARAPHRASED),
    ]
    lead = replace(article(1, 7, "The Courier", told, title="Flood threatens dam"), image_url=PICTURE)
    others = tuple(article(n, 7, f"Outlet {n}", []) for n in (2, 3))
    story = DigestStory(
        lead, others, ("Elena Marsh",), tuple(MergedClaim(c, struck=struck) for c in told), 49, (), is_update, note
    )
    return Digest(NOW, ZONE, (story,))


@pytest.mark.parametrize("layout", Layout)
def test_many_short_stories_with_pictures_and_a_ping_are_not_over_a_limit(layout: Layout) -> None:
    (story,) = a_digest().stories
    short = replace(story, claims=story.claims[:1])
    messages = messages_of(Digest(NOW, ZONE, (short,) * 9), nonce_of, layout)
    for message in messages:
        check(message)
        check(pinging(message, 2**63 - 1))


@pytest.mark.parametrize("layout", Layout)
def test_what_a_pronoun_means_stands_in_brackets(layout: Layout) -> None:
    told = replace(
        claim(1, "Elena Marsh", "it would cost jobs in Dunmore", verbatim=Wording.PARAPHRASED),
        refers_to="the takeover",
    )
    digest = composed([article(1, 7, "The Courier", [told])])
    assert digest is not None
    (message,) = messages_of(digest, nonce_of, layout)
    assert "the takeover" in texts_of(message)
    assert "would cost jobs" in texts_of(message)


@pytest.mark.parametrize("layout", Layout)
def test_a_claim_made_long_ago_says_when_and_whose_daughter_said_so(layout: Layout) -> None:
    said = claim(1, "Lena", "the dam was never in danger")
    said = replace(said, source="His daughter Lena", time="In 1988")
    for time, shown in (("In 1988", True), ("On Friday", False)):
        digest = composed([article(1, 7, "The Courier", [replace(said, time=time)])])
        assert digest is not None
        (message,) = messages_of(digest, nonce_of, layout)
        assert "daughter" in texts_of(message)
        assert (time[3:] in texts_of(message)) is shown


@pytest.mark.parametrize("layout", Layout)
def test_each_layout_tells_the_same(layout: Layout) -> None:
    (message,) = messages_of(a_digest(is_update=True, note="The Courier corrected the article."), nonce_of, layout)
    text = texts_of(message)
    for told in ("Who said what: Sat", "Flood threatens dam", "Update", "Elena Marsh"):
        assert told in text
    assert "mayor of Dunmore" in text
    assert "“The dam was never in danger”" in text
    assert "ates would open on Friday" in text
    assert "Unknown speaker" in text
    assert "The Courier corrected the article." in text
    assert message["claim_ids"] == [1, 2]
    select = next(one for one in all_components(message["components"]) if one["type"] == 3)
    assert [o["label"] for o in select["options"]] == ["Flood threatens dam"]
    assert "49 more claims" in json.dumps(message)


def test_plain_text_has_words_in_place_of_signs() -> None:
    (message,) = messages_of(a_digest(struck=True), nonce_of, Layout.TEXT)
    text = message["content"]
    assert "in other words" in text
    assert "No longer in the article: Elena Marsh" in text
    assert not set("≈*~·>✏️") & set(text.replace("<https://courier.example/a>", ""))
    assert "The Courier and 2 other outlets, 49 more claims" in text
    assert message["flags"] == 4, "links have no previews"


def test_cards_have_the_picture_with_words_for_it_and_the_colour_of_the_topic() -> None:
    (message,) = messages_of(a_digest(), nonce_of, Layout.CARDS)
    every = list(all_components(message["components"]))
    (thumbnail,) = [one for one in every if one["type"] == 11]
    assert thumbnail["media"] == {"url": PICTURE}
    assert thumbnail["description"] == "Picture: Flood threatens dam"
    (container,) = [one for one in every if one["type"] == 17]
    (embed,) = messages_of(a_digest(), nonce_of)[0]["embeds"][1:]
    assert container["accent_color"] == embed["color"]


def test_what_is_kept_of_a_message_makes_the_same_message_again() -> None:
    for layout in Layout:
        (message,) = messages_of(a_digest(), nonce_of, layout)
        kept = shown_digest(message["shows"]["digest"])
        assert kept is not None
        assert messages_of(kept, nonce_of, Layout(message["shows"]["layout"])) == [message]


def test_a_message_says_that_nothing_is_new_and_can_be_found_again() -> None:
    message = empty_message(NOW, Plan(1, timezone=ZONE), "nonce0")
    assert "Nothing new" in message["embeds"][0]["description"]
    assert "nonce0" in str(message["components"])
    check(message)


def an_article(title: str) -> DigestArticle:
    return article(1, 7, "The Courier", [], title=title)


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Earthquake and flood: rescuers search collapsed houses", "disasters"),
        ("Court finds mayor guilty of fraud, judge says", "justice"),
        ("Shares fall as bank warns of inflation", "business"),
        ("A quiet day in Dunmore", None),
        ("The minister and the court", None),
    ],
)
def test_a_topic_is_found_only_where_it_is_clear(title: str, topic: str | None) -> None:
    assert topic_of(DigestStory(an_article(title), (), (), ())) == topic


@pytest.mark.parametrize("layout", Layout)
def test_fewer_origins_than_outlets_are_named(layout: Layout) -> None:
    digest = a_digest()
    (story,) = digest.stories
    for origins, named in ((0, False), (2, True), (3, False)):
        told = replace(digest, stories=(replace(story, origins=origins),))
        (message,) = messages_of(told, nonce_of, layout)
        assert ("2 origins" in json.dumps(message)) is named
        assert "3 origins" not in json.dumps(message)


@pytest.mark.parametrize("layout", Layout)
def test_a_dispute_is_named_in_one_line(layout: Layout) -> None:
    digest = a_digest()
    (story,) = digest.stories
    told = replace(digest, stories=(replace(story, disputed=("Karin Holt", "Nils *Egede*")),))
    (message,) = messages_of(told, nonce_of, layout)
    assert "Disputed: Nils" in texts_of(message)
    assert "denies what Karin Holt claims" in texts_of(message)
    (undisputed,) = messages_of(digest, nonce_of, layout)
    assert "Disputed" not in json.dumps(undisputed)


@pytest.mark.parametrize("layout", list(Layout))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(digest=digests)
def test_an_edit_stays_one_message_with_all_its_stories(layout: Layout, digest: Digest) -> None:
    """Notes make a message longer. What it showed in one message is not split, and no story is dropped."""
    for message in messages_of(digest, nonce_of, layout):
        kept = shown_digest(message["shows"]["digest"])
        assert kept is not None
        note = "The Courier withdrew the article. " * 20
        noted = replace(kept, stories=tuple(replace(story, note=note) for story in kept.stories))
        edited = edited_message(noted, "nonce0", message["shows"])
        check(edited)
        assert len(edited["shows"]["digest"]["stories"]) == len(kept.stories)
        select = next(c for c in all_components(edited["components"]) if c.get("options"))
        assert len(select["options"]) == len(kept.stories)
        parts = len(edited["embeds"]) if layout is Layout.EMBEDS else None
        assert parts in (None, len(kept.stories), len(kept.stories) + 1)


@pytest.mark.parametrize("layout", list(Layout))
def test_a_note_that_would_split_a_message_makes_it_leave_out_claims_instead(layout: Layout) -> None:
    most = {Layout.EMBEDS: 9, Layout.CARDS: 6, Layout.TEXT: 3}[layout]
    words = "the water rose over the lower gate during the night " * 5
    stories = tuple(
        DigestStory(
            article(n, n, "The Courier", [], title=f"Dam {n} under watch"),
            (),
            (),
            tuple(MergedClaim(claim(10 * n + k, "Elena Marsh", words)) for k in range(2)),
        )
        for n in range(1, 40)
    )
    fitting = max(n for n in range(1, most + 1) if len(messages_of(_of(stories[:n]), nonce_of, layout)) == 1)
    (message,) = messages_of(_of(stories[:fitting]), nonce_of, layout)
    noted = tuple(replace(story, note="The Courier corrected the article. " * 8) for story in stories[:fitting])
    assert len(messages_of(_of(noted), nonce_of, layout)) > 1, "the notes must not fit, or nothing is tested"
    edited = edited_message(_of(noted), "nonce0", message["shows"])
    check(edited)
    for story in noted:
        assert story.lead.title in str(edited)
    assert shown_digest(edited["shows"]["digest"]) == _of(noted), "what is left out is still known"


def _of(stories: tuple[DigestStory, ...]) -> Digest:
    return Digest(NOW, ZONE, stories)


@pytest.mark.parametrize("layout", Layout)
def test_a_story_whose_claims_need_their_article_shows_how_many_there_are_and_no_evidence(layout: Layout) -> None:
    leans = claim(1, "Elena Marsh", "It was bound to happen to them some day")
    digest = composed(
        [article(1, 7, "The Courier", [leans, replace(leans, claim_id=2, content="They knew it was")])]
    )
    assert digest is not None
    (message,) = messages_of(digest, nonce_of, layout)
    check(message)
    assert "2 more claims" in texts_of(message)
    assert "Evidence" not in str(message["components"])
