"""Whom sources mean that could mean somebody else: rather their own words than a wrong name."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import speaker_of

STARS = (
    "Ronald Pike has joined fellow comedy stars Vera Wood and Daniel Jay in attacking television programmes.\n\n"
    "Speaking to the Radio Guide, the Two Rileys star said there was too much bad language. “You get fed up "
    "watching shows made without love,” he complained. Last week Hill Farm star Daniel Jay criticised British "
    "television. “It is too safe,” he said. The Two Rileys ran until 1987."
)
BANKS = (
    "Debts were accepted as security by two banks that later became part of Morton Chase. Planters Bank and "
    "Harbour Bank are the two lenders that were named. Harbour Bank ended up owning 1,250 farms. "
    "Morton Chase said that it was setting up a fund. {} said that it was a very different company."
)


def test_a_star_of_one_show_is_not_the_star_of_another(nlp: Language) -> None:
    assert speaker_of(nlp, STARS, "there was too much bad language") in ("Two Rileys star", "Ronald Pike")
    assert speaker_of(nlp, STARS, "It is too safe") == "Daniel Jay"


def test_a_pronoun_is_no_surer_than_the_description_before_it(nlp: Language) -> None:
    assert speaker_of(nlp, STARS, "You get fed up") not in ("Daniel Jay", "Two Rileys")


def test_the_bank_is_the_group_that_just_spoke_and_not_one_of_two_banks_in_its_past(nlp: Language) -> None:
    assert speaker_of(nlp, BANKS.format("The bank"), "it was a very different company") == "Morton Chase"


def test_a_bank_by_name_is_itself(nlp: Language) -> None:
    assert speaker_of(nlp, BANKS.format("Harbour Bank"), "it was a very different company") == "Harbour Bank"


@pytest.mark.parametrize("other", ["The Fishers' Union was angry.", "Lund Partners said it would sue."])
def test_the_only_bank_of_an_article_is_the_bank(nlp: Language, other: str) -> None:
    text = f"Norr Bank raised its rates on Monday. {other} The bank said it had no choice."
    assert speaker_of(nlp, text, "it had no choice") == "Norr Bank"


def test_a_place_that_tells_an_athlete_apart_is_no_person(nlp: Language) -> None:
    text = (
        "Alan Scott is confident of a medal next week.\n\nHe finished fourth in the hurdles in Madrid. "
        "“It was a learning curve,” said the East Kilbride athlete. “I should have done better,” he said."
    )
    assert speaker_of(nlp, text, "I should have done better") != "East Kilbride"


PEERS = (
    "A Plaid MP believes security services were involved in the fires. Former minister Lord Rogers of Conwy "
    "denied security services took part. One man, Sion Aubrey Rogers, was convicted in 1993 of sending bombs.\n\n"
    "Lord Rogers said the files were lost."
)


@pytest.mark.parametrize("part", ["security services took part", "the files were lost"])
def test_a_peer_is_told_apart_by_his_place(nlp: Language, part: str) -> None:
    assert speaker_of(nlp, PEERS, part) == "Lord Rogers of Conwy"


def test_a_peer_named_in_full_before_is_the_same_person(nlp: Language) -> None:
    text = "Peter Manton left the cabinet in 1998. Lord Manton said on Friday that he had no regrets."
    assert speaker_of(nlp, text, "he had no regrets") == "Peter Manton"


def test_a_knight_is_not_the_mister_of_his_surname(nlp: Language) -> None:
    text = (
        "Sir Ian Bell said terror groups would remember the bomb. Another target was the wedding, he "
        "said.\n\nThe comments come after Tony Bell defended his proposals, as it would be wrong to wait. "
        "Sir Ian told a meeting it would be unwise to speculate.\n\nThe Commons has approved the measures despite "
        "opposition. But Mr Bell insisted: “There is no greater liberty than to live free from attack.”"
    )
    assert speaker_of(nlp, text, "There is no greater liberty") == "Tony Bell"


def test_research_is_no_firm_whose_name_ends_so(nlp: Language) -> None:
    text = (
        "Contra Research says that 29% of users were afraid. Research bears out the suspicion that people do not "
        "know how to send pictures."
    )
    assert speaker_of(nlp, text, "people do not know how to send pictures") != "Contra Research"
