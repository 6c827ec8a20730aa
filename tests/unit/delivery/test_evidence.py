from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.evidence import digest_evidence_message, evidence_message, marked_runs, marked_text
from bot.model.claims import Evidence
from bot.text.clipping import length
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import EVIDENCE, evidences, span


def test_source_cue_and_content_are_marked_in_their_context() -> None:
    assert marked_text(EVIDENCE) == (
        "The river rose all night.\n\n“**The dam was never in danger**,” *said* __Elena Marsh__, "
        "the mayor of Dunmore, on Friday. …"
    )


def test_the_message_has_title_link_who_outlet_and_date() -> None:
    message = evidence_message(EVIDENCE)
    (embed,) = message["embeds"]
    assert embed["title"] == "Dunmore dam was never in danger"
    assert embed["url"] == "https://courier.example/1"
    assert embed["description"].startswith("**Elena Marsh** (mayor of Dunmore)\n\n")
    assert "-# [The Courier](https://courier.example/1) · <t:1784354400:f>\n" in embed["description"]
    assert message["components"][0]["components"][-1]["url"] == "https://courier.example/1"


def test_an_address_that_cannot_be_linked_makes_no_button() -> None:
    bad = replace(EVIDENCE, claim=replace(EVIDENCE.claim, url="javascript:x"))
    message = evidence_message(bad)
    labels = [button["label"] for button in message["components"][0]["components"]]
    assert labels == ["Wording by outlet", "Wrong?", "Follow"]
    assert "url" not in message["embeds"][0]


def test_marks_that_touch_are_kept_apart() -> None:
    touching = Evidence(EVIDENCE.claim, "saidno", (), ((0, 4),), ((4, 6),), False, False)
    assert marked_text(touching) == "*said*\u200b**no**"


def test_the_source_goes_before_what_overlaps_it() -> None:
    nested = Evidence(EVIDENCE.claim, "he said no", ((0, 2),), ((3, 7),), ((0, 10),), False, False)
    assert marked_text(nested) == "__he__ *said* **no**"


def test_a_long_excerpt_is_cut_with_an_ellipsis_and_its_marks_closed() -> None:
    long = replace(EVIDENCE, text="word " * 500, content=((0, 2_500),), source=(), cue=(), cut_after=False)
    shown = marked_text(long, 200)
    assert length(shown) <= 200
    assert shown.startswith("**word")
    assert shown.endswith("…**")


def test_turning_pages_of_a_digests_evidence() -> None:
    def ids(page: int, pages: int) -> list[tuple[str | None, bool]]:
        rows = digest_evidence_message(EVIDENCE, "n0", page, pages)["components"]
        return [
            (b["custom_id"], b["disabled"])
            for r in rows
            for b in r["components"]
            if "n0" in b.get("custom_id", "")
        ]

    assert ids(0, 1) == []
    assert ids(0, 3) == [("hearsay:digest:n0:0", True), ("hearsay:digest:n0:1", False)]
    assert ids(2, 3) == [("hearsay:digest:n0:1", False), ("hearsay:digest:n0:3", True)]
    assert digest_evidence_message(EVIDENCE, "n0", 2, 3)["embeds"][0]["footer"] == {
        "text": "Claim 3 of 3 in this message"
    }


@given(evidences, st.integers(0, 50))
def test_no_evidence_makes_a_message_that_discord_refuses(evidence: Evidence, page: int) -> None:
    assert problems_of(evidence_message(evidence)) == []
    assert problems_of(digest_evidence_message(evidence, "n" * 25, page, page + 2)) == []


@given(evidences)
def test_the_runs_are_the_text(evidence: Evidence) -> None:
    assert "".join(run for _, run in marked_runs(evidence)) == evidence.text


def test_spans_beyond_the_excerpt_do_no_harm() -> None:
    assert marked_text(replace(EVIDENCE, content=((0, 10_000),), cue=((9_999, 10_000),), source=(span("said"),)))
