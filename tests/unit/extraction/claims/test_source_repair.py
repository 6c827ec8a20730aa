"""Sources that were cut in the wrong place."""

import pytest
from spacy.language import Language

from bot.extraction.claims.source_repair import with_whole_sources
from tests.unit.extraction.said import speaker_of
from tests.unit.extraction.spoken import marked


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        (
            "Jana Toth is not convinced by the plan and, with a dry spring in the hills, expects wells to fail.",
            "wells to fail",
            "Jana Toth",
        ),
        (
            "Norr Bank raised its target and, despite weak trade, expects profits to rise.",
            "profits to rise",
            "Norr Bank",
        ),
    ],
)
def test_what_goes_along_is_no_subject(nlp: Language, text: str, part: str, speaker: str) -> None:
    assert speaker_of(nlp, text, part) in (speaker, None)


@pytest.mark.parametrize("count", ["fewer than 3 in 10", "nearly 3 in 10", "more than 1 in 5"])
def test_a_share_keeps_what_bounds_it(nlp: Language, count: str) -> None:
    text = f"Some 6 in 10 readers say the paper is fair, while {count} say it is dull."
    actor = speaker_of(nlp, text, "it is dull")
    assert count in str(actor)


@pytest.mark.parametrize(
    "opening",
    [
        "Messages seen by the Ostby Courier",
        "Internal emails obtained by the Ostby Courier",
        "A memo leaked to the Ostby Courier",
    ],
)
def test_a_document_that_somebody_saw_speaks_itself(nlp: Language, opening: str) -> None:
    actor = speaker_of(nlp, f"{opening} show that the dam had cracks. It was built in 1962.", "the dam had cracks")
    assert actor is None or not actor.startswith("Ostby")


def test_whoever_saw_a_document_may_say_something_too(nlp: Language) -> None:
    text = "Messages were stolen in May. The Ostby Courier said that the dam had cracks."
    assert speaker_of(nlp, text, "the dam had cracks") == "Ostby Courier"


@pytest.mark.parametrize(
    ("headline", "speaker", "part"),
    [
        ("Reform of lords 'dead in water', says peer as PM blinks", "peer", "Reform of lords"),
        ("Ferry crews were 'treated like cattle', says union boss", "union boss", "Ferry crews"),
        ("Rate rise came too late, says ex-governor", "ex-governor", "Rate rise came too late"),
    ],
)
def test_who_stands_at_the_end_of_a_headline_says_it(
    nlp: Language, headline: str, speaker: str, part: str
) -> None:
    text = f"{headline}\n\nThe decision was made on Monday.\n"
    assert speaker_of(nlp, text, part) == speaker


def test_whoever_is_asked_something_does_not_say_it(nlp: Language) -> None:
    text = (
        "Claudine Gale, the president of a college, spoke before Congress. During her testimony, Gale was "
        "repeatedly askedifcalling for the murder of Jews was against the rules.She didn't give a clear answer."
    )
    assert speaker_of(nlp, text, "the murder of Jews was against the rules") is None


def test_whoever_is_ordered_to_do_something_does_not_order_it(nlp: Language) -> None:
    text = "Agency ordered to ban the sale of eels\n\nThe ruling was handed down on Monday in Norr.\n"
    assert speaker_of(nlp, text, "ban the sale of eels") is None
    assert speaker_of(nlp, "The agency ordered shops to ban the sale of eels.", "shops to ban the sale of eels")


@pytest.mark.parametrize("verb", ["advised", "told", "repeatedly warned"])
def test_whoever_is_spoken_to_does_not_speak(nlp: Language, verb: str) -> None:
    text = (
        "Ruth Dale works for a law firm. Ms Dale said she had asked officials what to declare. "
        f"She was {verb} to use her judgement to avoid a conflict and said she had done nothing wrong."
    )
    assert speaker_of(nlp, text, "to use her judgement to avoid a conflict") is None
    assert speaker_of(nlp, text, "she had done nothing wrong") == "Ruth Dale"


def test_a_name_between_a_quotation_and_an_office_is_in_the_source_and_not_in_the_content() -> None:
    words, claim, sentences = marked("“<The quay is shut to lorries,” Ines Holm>, [the harbourmaster], {said}.")
    (found,) = with_whole_sources([claim], words, sentences)
    assert words[slice(*found.source[0])] == "Ines Holm, the harbourmaster"
    assert [words[slice(*span)] for span in found.content] == ["The quay is shut to lorries,”"]


def test_a_name_with_a_number_in_it_is_whole() -> None:
    words, claim, sentences = marked("But the website Farmers 4 [Dale] {says} <that the candidate pays late>.")
    (found,) = with_whole_sources([claim], words, sentences)
    assert words[slice(*found.source[0])] == "Farmers 4 Dale"


def test_a_name_that_only_describes_a_noun_is_no_speaker() -> None:
    words, claim, sentences = marked(
        "[A new Dale] appointee to the harbour office {has said} <eels are a plague>."
    )
    (found,) = with_whole_sources([claim], words, sentences)
    assert words[slice(*found.source[0])] == "A new Dale appointee to the harbour office"
    words, claim, sentences = marked("[The young Dale] later {said} <eels are a plague>.")
    assert with_whole_sources([claim], words, sentences) == [claim]


@pytest.mark.parametrize(
    "before",
    [
        "A spokesman for the Department for Roads",
        "The Ministry of Roads",
        "The minister for the Department of Roads",
    ],
)
def test_a_body_that_lists_what_it_deals_with_is_whole(before: str) -> None:
    words, claim, sentences = marked(f"{before}, [Rail and Sea] {{said}} <there were no plans>.")
    (found,) = with_whole_sources([claim], words, sentences)
    assert words[slice(*found.source[0])] == f"{before}, Rail and Sea"
    words, claim, sentences = marked("After a day on the roads, [Rail and Sea] {said} <there were no plans>.")
    assert with_whole_sources([claim], words, sentences) == [claim]
