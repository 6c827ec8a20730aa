from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from rich.console import Console, RenderableType

from bot.delivery.terminal import claim_page_renderable, digest_renderable, evidence_renderable
from bot.model.claims import Evidence
from bot.model.digests import Digest
from bot.model.queries import ClaimPage, ClaimQuery
from tests.unit.delivery.samples import EVIDENCE, NOW, RECORD, digests, evidences, pages, queries
from tests.unit.delivery.test_digest_embeds import DIGEST


def shown(renderable: RenderableType) -> str:
    console = Console(width=100, no_color=True, force_terminal=False)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


def test_claims_that_were_not_counted_to_the_end_are_more_than_so_many() -> None:
    page = ClaimPage((RECORD,), 100, more=True)
    assert "(6 to 6 of more than 100)" in shown(claim_page_renderable(page, ClaimQuery(), 6))


def test_a_digest_shows_stories_with_who_said_what_and_where() -> None:
    text = shown(digest_renderable(DIGEST))
    for words in (
        "Who said what: Saturday, 18 July 2026",
        "Dunmore dam was *never* in danger",
        "Elena Marsh (mayor of Dunmore)",
        "“The dam was never in danger”",
        "The Courier, Daily Post · 3 more claims",
        "https://courier.example/1",
    ):
        assert words in text


def test_a_page_of_claims_is_numbered_and_says_what_was_asked_for() -> None:
    text = shown(
        claim_page_renderable(ClaimPage((RECORD,), 7), ClaimQuery(actor="Marsh", topic="dam", since=NOW), 6)
    )
    assert "Claims by Marsh about “dam” since 18 July 2026 (6 to 6 of 7):" in text
    assert "6. Elena Marsh (mayor of Dunmore)" in text


def test_nothing_found_is_said_in_a_sentence() -> None:
    assert shown(claim_page_renderable(ClaimPage((), 0), ClaimQuery(actor="Marsh"))) == (
        "No claims found by Marsh.\n"
    )


def test_evidence_shows_the_sentences_and_the_address() -> None:
    text = shown(evidence_renderable(EVIDENCE))
    assert "“The dam was never in danger,” said Elena Marsh, the mayor of Dunmore" in text
    assert "https://courier.example/1" in text


def test_an_unknown_speaker_is_shown_as_unknown() -> None:
    page = ClaimPage((replace(RECORD, actor=None),), 1)
    assert "Unknown speaker\n" in shown(claim_page_renderable(page, ClaimQuery()))


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(digests)
def test_no_digest_steers_the_terminal(digest: Digest) -> None:
    text = shown(digest_renderable(replace(digest, stories=digest.stories[:2])))
    assert "\x1b" not in text
    text.encode()


@given(pages, queries, evidences)
def test_neither_claims_nor_evidence_steer_the_terminal(
    page: ClaimPage, query: ClaimQuery, evidence: Evidence
) -> None:
    text = shown(claim_page_renderable(page, query)) + shown(evidence_renderable(evidence))
    assert "\x1b" not in text
    text.encode()
