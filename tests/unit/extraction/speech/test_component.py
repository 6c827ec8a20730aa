"""Hedges, addressee and time of what was said, from the words around the cue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from bot.extraction.pipeline import extract
from bot.extraction.speech.component import described
from bot.model.claims import Claim, Kind, Span, Wording
from tests.unit.extraction.spoken import marked, slice_of


def read(marked_text: str, seams: tuple[int, ...] = ()) -> tuple[str, Claim]:
    text, claim, sentences = marked(marked_text)
    (found,) = described(text, [claim], sentences, seams)
    return text, found


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("<The dam is safe>, [she] {told} CNN.", "CNN"),
        ("[He] {told} a news conference in Riga on Friday <that the talks had failed>.", "a news conference"),
        (
            "[He] {told} the jury of seven women and five men: <“I was there.”>",
            "the jury of seven women and five men",
        ),
        ("[Mr Bell] {told} reporters <the company had failed>.", "reporters"),
        ("In an interview with the BBC on Sunday, [she] {said} <the law was unfair>.", "the BBC"),
        ("[He] {testified} before Congress <that nobody had asked>.", "Congress"),
        ("<“We lost,”> [the captain] {said} in an interview with Radio Oslo.", "Radio Oslo"),
        ("Speaking to journalists outside the court, [he] {said} <he would appeal>.", "journalists"),
        ("[She] {wrote} in a letter to the prime minister <that the plan was dead>.", "the prime minister"),
        ("[The board] {informed} investors last week <that it would close>.", "investors"),
        ("[She] {told} him <to leave>.", "him"),
        ("[She] {said} <the dam was safe>.", None),
        ("[They] {were told} on Monday <to leave>.", None),
        ("<“It is over,”> [he] {warned} last night.", None),
        ("[He] {asked} on Monday <whether it was over>.", None),
        ("[She] {is said} to <have left the country>.", None),
    ],
)
def test_the_addressee_is_the_phrase_that_names_who_was_spoken_to(text: str, addressee: str | None) -> None:
    plain, claim = read(text)
    assert slice_of(plain, claim.addressee) == addressee


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("<The dam is safe>, [Ada Quist] {said} on Thursday.", "on Thursday"),
        ("[The firm] {said} late on Monday <that it would close on Friday>.", "late on Monday"),
        ("[He] {told} reporters in Riga on Tuesday night <that it was over>.", "on Tuesday night"),
        ("On Thursday, [the general] {called} <the raid a mistake>.", "On Thursday"),
        ("Earlier this week [she] {accused} <the paper of lying>.", "Earlier this week"),
        ("[The court] {ruled} in March 2019 <that the law was void>.", "in March 2019"),
        ("[The ministry] on 3 May {announced} <a review>.", "on 3 May"),
        ("[Officials] {cast fresh doubt Wednesday on} <the aim>.", "Wednesday"),
        ("[He] {said} two days later <that he was sorry>.", "two days later"),
        ("[She] {said} yesterday <she might go>.", "yesterday"),
        ("[The minister] {ordered} <two envoys to leave> on Wednesday, and went home.", "on Wednesday"),
        ("[He] {said} ahead of the vote on Sunday <that he would win>.", None),
        ("[She], who was elected in 2019, {said} <it was late>.", None),
        ("[He] {said} in Monday’s paper <that it was late>.", None),
        ("On Monday the police arrested two men and [the chief] {said} <all was well>.", None),
        ("[She] {said} <the talks would end on Friday>.", None),
        ("[She] {said} <it may rain>. On Friday it rained.", None),
    ],
)
def test_the_time_is_that_of_the_speech_and_not_of_what_was_said(text: str, time: str | None) -> None:
    plain, claim = read(text)
    assert slice_of(plain, claim.time) == time


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("[He] {said} <the fire may have been set>.", True),
        ("[She] {said} <it was probably too late>.", True),
        ("<“I think it went well,”> [he] {said}.", True),
        ("[The army] has reportedly {ordered} <a retreat>.", True),
        ("[He] is {said} to <have left>.", True),
        ("[The study] {suggests} <that cats dream>.", True),
        ("[The report] {appeared} <to blame the crew>.", True),
        ("[She] {said} <it might appeal>.", True),
        ("[She] {said} <the talks begin in May>.", False),
        ("[She] {said} <May Lowe had won>.", False),
        ("[He] {said} <the bridge was safe>.", False),
        ("[They] {found} <that night workers were more likely to be ill>.", False),
    ],
)
def test_hedges_of_source_and_report_are_seen(text: str, hedged: bool) -> None:
    assert read(text)[1].hedged is hedged


def test_nothing_is_read_across_the_seam_of_scraped_text() -> None:
    scraped = "<The clashes are fierce> [the observatory] {said}On Thursday officials met"
    plain, claim = read(scraped, (marked(scraped)[0].index("On Thursday"),))
    assert claim.time is None
    glued = "<The road is closed> [he] {told} CNNRussian jets took off"
    plain, claim = read(glued, (marked(glued)[0].index("Russian"),))
    assert slice_of(plain, claim.addressee) == "CNN"


def test_what_another_claim_says_of_its_speech_is_not_taken() -> None:
    text, first, sentences = marked(
        "[Lee] {said} <the vote was fair> and Kim told the BBC on Monday that it was not."
    )
    start = text.index("told")
    kim = Claim(
        ((text.index("Kim"), start - 1),),
        ((start, start + 4),),
        ((text.index("it was not"), len(text) - 1),),
        None,
        Kind.STATEMENT,
        Wording.PARAPHRASED,
        0.9,
        (0, len(text)),
    )
    lee, kim = described(text, [first, kim], sentences)
    assert (lee.addressee, lee.time) == (None, None)
    assert (slice_of(text, kim.addressee), slice_of(text, kim.time)) == ("the BBC", "on Monday")


@given(st.text(alphabet="on Mayto.,“”\n'said CNN1", max_size=200), st.data())
def test_any_text_is_read_and_spans_lie_within_it(text: str, data: st.DataObject) -> None:
    def span() -> Span:
        start = data.draw(st.integers(0, len(text)))
        return start, data.draw(st.integers(start, len(text)))

    claims = [
        Claim((span(),), (span(),), (span(),), None, Kind.STATEMENT, Wording.PARAPHRASED, 0.5, (0, len(text)))
        for _ in range(3)
    ]
    for claim in described(text, claims, [(0, len(text))], [len(text) // 2]):
        for found in (claim.addressee, claim.time):
            assert found is None or 0 <= found[0] < found[1] <= len(text)


ARTICLE = (
    "The ministry announced a review of all rail contracts on Monday. A spokesman for the ministry declined "
    "to say how much the review would cost. “We will publish the findings in spring,” Transport Minister "
    "Ana Ruiz told reporters in Madrid on Tuesday.\n\n"
    "The company gave no details of the closures. Union leader Paula Grey said it might appeal."
)


def test_the_pipeline_drops_silences_and_tells_the_rest(nlp: Language) -> None:
    claims = extract(nlp, ARTICLE).claims
    said = {ARTICLE[claim.content[0][0] : claim.content[0][1]]: claim for claim in claims}
    assert not [content for content in said if "how much" in content or "details" in content]
    ruiz = next(claim for content, claim in said.items() if "publish" in content)
    assert slice_of(ARTICLE, ruiz.addressee) == "reporters"
    assert slice_of(ARTICLE, ruiz.time) == "on Tuesday"
    assert next(claim for content, claim in said.items() if "appeal" in content).hedged


def test_who_only_declined_to_speak_is_no_speaker_but_may_be_meant_by_a_pronoun(nlp: Language) -> None:
    text = "The UN envoy refused to be drawn on whether the talks had failed. He described the mood as sombre."
    found = extract(nlp, text)
    assert [claim.actor for claim in found.claims] == ["UN envoy"]
    silent = extract(nlp, "The UN envoy declined to comment on the talks.")
    assert silent.claims == ()
    assert all(actor.name != "UN envoy" for actor in silent.actors)
