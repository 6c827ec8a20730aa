"""Who does not speak in small invented articles: the byline, who is only quoted about, a namesake, and so on."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import SHOWN, claims_with, speaker_of


@pytest.mark.parametrize(
    ("text", "part", "others"),
    [
        pytest.param(
            "The magistrate, Owen Strick, sentenced the farmer, Dale Huber, to six months for dumping "
            "slurry. He said from the dock that he had nowhere else to put it.",
            "he had nowhere else to put it",
            ["Owen Strick"],
            id="asked",
        ),
        pytest.param(
            "School lunches to cost more\n"
            "Reporting by Sandra Ilves\n"
            "\n"
            "The education department raised the price of school lunches on Tuesday.\n"
            "\n"
            "She said nothing had been decided about milk, according to a message that a head teacher, "
            "Moira Dunn, sent to parents.",
            "nothing had been decided about milk",
            ["Sandra Ilves"],
            id="byline",
        ),
        pytest.param(
            "Two uncles came to the wedding, Bram Oster and Piet Dekker. “Oster still owes me for the "
            "boat,” he laughed, and Dekker raised his glass.",
            "Oster still owes me for the boat",
            ["Bram Oster"],
            id="own subject",
        ),
        pytest.param(
            "Coach Dan Fell sat beside his striker, Marc Oduya, at the airport. “He will play on Sunday"
            " if his knee allows it,” he said.",
            "He will play on Sunday",
            ["Marc Oduya"],
            id="of another",
        ),
        pytest.param(
            "Streamer Jesse Kade left the studio last week. They said the contract had been “a cage”. "
            "The studio, Bright Harbor, did not comment.",
            "the contract had been",
            ["Bright Harbor"],
            id="they",
        ),
        pytest.param(
            "The leak was first posted by a user called @quietfox. They wrote that the files came from "
            "a bin behind Marlin Bank. Marlin Bank called the police.",
            "the files came from a bin",
            ["Marlin Bank"],
            id="user name",
        ),
        pytest.param(
            "Emails seen by the Courier show that the board knew of the fire in June. Minutes obtained "
            "by the BBC say the alarm had been switched off.",
            "the board knew of the fire in June",
            ["Courier"],
            id="document",
        ),
        pytest.param(
            "Emails seen by the Courier show that the board knew of the fire in June. Minutes obtained "
            "by the BBC say the alarm had been switched off.",
            "the alarm had been switched off",
            ["BBC"],
            id="document",
        ),
        pytest.param(
            "The board relies on older members such as Greta Holmes, who say the choir must stay in the chapel.",
            "the choir must stay in the chapel",
            ["Greta Holmes"],
            id="relative",
        ),
        pytest.param(
            "The Falk brothers, Nils Falk and Ove Falk, sold the mill. Falk said it had been a hard winter.",
            "it had been a hard winter",
            ["Nils Falk", "Ove Falk"],
            id="surname",
        ),
        pytest.param(
            "Three lifeguards quit in June. The pool, Lido Nord, hired students. They said they had not"
            " been paid.",
            "they had not been paid",
            ["Lido Nord"],
            id="they",
        ),
        pytest.param(
            "A recording obtained by Radio Mersk shows that the pilot had slept. Radio Mersk said it "
            "would publish it on Friday.",
            "the pilot had slept",
            ["Radio Mersk"],
            id="document",
        ),
        pytest.param(
            "Farmers such as Dina Holt, who have sold their cows, say the milk price is a joke.",
            "the milk price is a joke",
            ["Dina Holt"],
            id="relative",
        ),
    ],
)
def test_whoever_did_not_say_it_is_not_named(nlp: Language, text: str, part: str, others: list[str]) -> None:
    assert speaker_of(nlp, text, part) not in others


def test_one_of_unknown_gender_is_not_he_and_then_she(nlp: Language) -> None:
    text = (
        "The magazine Der Kompass first told of the case. He had posted a picture of the wall, police said.\n\n"
        "A 29-year-old woman was fined in July. “Filth out!” she wrote."
    )
    assert speaker_of(nlp, text, "Filth out!") != "Der Kompass"


def test_the_woman_is_she_who_was_introduced_without_a_name(nlp: Language) -> None:
    text = (
        "“It is quiet here,” said Donna Lages, 39, a waitress at the Golden Bear.\n\n"
        "At a drugstore near the pier, a middle-aged cashier was shaken by what she had heard. "
        "“One guy said it was our fault,” said the woman, who did not want to be named. “Too much hate,” she said."
    )
    assert speaker_of(nlp, text, "One guy said it was our fault") != "Donna Lages"
    assert speaker_of(nlp, text, "Too much hate") != "Donna Lages"


def test_whom_somebody_tells_of_another_is_not_she(nlp: Language) -> None:
    text = (
        "Ada Moss was on the ferry. Draxter Wakefield, a minister in Norr, told The Harbour Post that she was "
        "a regular at the church. He said her family asked for privacy. “She is devoted,” he added.\n\n"
        "Paul Reed was on the ferry, too."
    )
    assert speaker_of(nlp, text, "her family asked for privacy") == "Draxter Wakefield"


def test_the_senator_may_be_who_is_spoken_of_though_another_is_called_so(nlp: Language) -> None:
    text = (
        "Sen. Ted Crane waved to the crowd. Marco Ruiz faltered in the debate. Ruiz stopped by his office to give "
        "a pep talk to volunteers.\n\nWalking in to cheers, the senator said his campaign was “closing strong”."
    )
    shown = [claim.actor for claim in claims_with(nlp, text, "closing strong") if claim.confidence >= SHOWN]
    assert "Ted Crane" not in shown


def test_what_the_dead_wrote_is_theirs_though_the_quotation_is_a_sentence_of_its_own(nlp: Language) -> None:
    text = (
        "Ivo Tamm died in the storm. His cousin Karl Orr sold the house.\n\n"
        "“The sea will take it all.” So he said in a letter."
    )
    assert speaker_of(nlp, text, "The sea will take it all") == "Ivo Tamm"
