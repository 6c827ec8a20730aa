"""The other outlets of a text that was printed word for word in several."""

import io
from dataclasses import replace

from rich.console import Console

from bot.delivery.answers import claim_page_embed
from bot.delivery.claims import also_in, digest_claim
from bot.delivery.evidence import evidence_embed
from bot.delivery.message_parts import DESCRIPTION_LIMIT
from bot.delivery.terminal import claim_page_renderable, evidence_renderable
from bot.model.articles import Printing
from bot.model.digests import MergedClaim
from bot.model.queries import ClaimPage, ClaimQuery
from bot.text.clipping import length
from tests.unit.delivery.samples import EVIDENCE, MARSH, NOW, RECORD


def printing(outlet: str, url: str | None = None) -> Printing:
    return Printing(outlet, url or f"https://{outlet.lower().replace(' ', '')}.example/1", "Title", NOW)


HERALD, PILOT = printing("The Herald"), printing("The Pilot")
MANY = tuple(printing(f"{'Outlet ' * 10}{n}", f"https://example.org/{'x' * 170}{n}") for n in range(10))


def test_a_digest_names_outlets_with_the_same_article_and_with_the_same_claim_once_each() -> None:
    other = replace(MARSH, claim_id=2, outlet="The Pilot", url="https://pilot.example/2", copies=(HERALD,))
    shown = digest_claim(MergedClaim(replace(MARSH, copies=(HERALD, PILOT)), (other,)), 300)
    assert shown.endswith(
        "[The Courier](https://courier.example/1) · also in [The Pilot](https://pilot.example/2), "
        "[The Herald](https://theherald.example/1)"
    )


def test_an_outlet_is_not_also_in_itself() -> None:
    assert also_in("The Herald", [HERALD]) == ""
    assert also_in("The Herald", []) == ""


def test_many_outlets_are_counted() -> None:
    shown = also_in("The Courier", MANY)
    assert shown.count("](") == 4
    assert shown.endswith(" and 6 more")
    assert also_in("The Courier", MANY, 150) == " · also in 10 other outlets"
    assert also_in("The Courier", MANY[:1], 150) == " · also in 1 other outlet"


def test_an_answer_to_said_names_them() -> None:
    page = ClaimPage((replace(RECORD, also_in=(HERALD, PILOT)),), 1)
    shown = claim_page_embed(page, ClaimQuery(), 0, 1)["description"]
    assert "also in [The Herald](https://theherald.example/1), [The Pilot](https://thepilot.example/1)" in shown


def test_five_claims_with_many_copies_each_fit() -> None:
    long = replace(RECORD, also_in=MANY, content_text="word " * 400, title="T" * 300, outlet="Outlet" * 20)
    page = ClaimPage(tuple(replace(long, id=n, article_id=n) for n in range(5)), 5)
    description = claim_page_embed(page, ClaimQuery(), 0, 1)["description"]
    assert length(description) <= DESCRIPTION_LIMIT
    assert description.count("also in") == 5


def test_the_evidence_names_them_too_and_stays_within_its_limit() -> None:
    claim = replace(RECORD, also_in=MANY)
    shown = evidence_embed(replace(EVIDENCE, claim=claim, text="long " * 1000))["description"]
    assert "also in" in shown
    assert length(shown) <= DESCRIPTION_LIMIT


def test_a_terminal_names_them_as_well() -> None:
    claim = replace(RECORD, also_in=(HERALD, PILOT))
    for shown in (
        claim_page_renderable(ClaimPage((claim,), 1), ClaimQuery()),
        evidence_renderable(replace(EVIDENCE, claim=claim)),
    ):
        console = Console(width=200, record=True, file=io.StringIO())
        console.print(shown)
        assert "The Courier · also in The Herald, The Pilot" in console.export_text()
