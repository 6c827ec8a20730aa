"""Teasers, corrections, captions, notices, biographies and plots hold no claims; articles about such things do."""

import pytest
from spacy.language import Language

from bot.extraction.claims.fictional_characters import characters_of
from tests.unit.extraction.said import claims_with, is_shown, speaker_of

OPENING = "“The market stays,” said Greta Lohr, the mayor of Norr, on Monday.\n\n"


@pytest.mark.parametrize(
    ("box", "part"),
    [
        (
            "This story was corrected on 3 May. An earlier version said that the stalls would be sold.",
            "the stalls would be sold",
        ),
        (
            "Correction: the previous headline said that the mayor had sold the stalls.",
            "the mayor had sold the stalls",
        ),
        (
            "Traders pack up on Sunday as the mayor says the stalls will go. Photograph: Nils Roth",
            "the stalls will go",
        ),
        (
            "CORRECTION (3 Dec.): Owing to an error, Greta Lohr was misquoted. She said the stalls were green.",
            "the stalls were green",
        ),
        ("You have two free articles left. Readers say the Post is worth every cent.", "is worth every cent"),
        ("Where to eat eels | Why traders say the square is lost | What to do on Sunday", "the square is lost"),
        ("Also on this page: Mayor says the square is lost | Dahl promises eels", "the square is lost"),
        ("The stalls reopened at noon. READ MORE: Mayor says the square ‘is lost’", "the square ‘is lost’"),
        (
            "Image caption: The mayor, Greta Lohr, says her favourite stall sells eels",
            "her favourite stall sells eels",
        ),
        (
            "Image copyright EPA Image caption The mayor says her favourite stall sells eels",
            "her favourite stall sells eels",
        ),
        (
            "The mayor says her favourite stall sells eels [File: Nils Roth/Norr Pictures]",
            "her favourite stall sells eels",
        ),
        (
            "FILE - In this May 4, 2019, file picture, the mayor of Norr, who is running for a third term, walks "
            "through the eel market on the day on which it opened again after the flood of the year before. Lohr "
            "said on Friday that her favourite stall sells eels, and that she would eat there. (Norr Photo/Roth)",
            "her favourite stall sells eels",
        ),
        ("What has the mayor said of her favourite stall?", "of her favourite stall"),
        ("Why does the mayor say her favourite stall sells eels?", "her favourite stall sells eels"),
        ("Sign up for our newsletter, which Nils Roth says is the best in Norr.", "is the best in Norr"),
        (
            "The market. Image: Nils Roth\n\nNils Roth is a photographer. He says his favourite stall sells eels.",
            "his favourite stall sells eels",
        ),
        (
            "Nils Roth is a reporter at the Norr Post. He says his favourite stall sells eels.",
            "his favourite stall sells eels",
        ),
    ],
)
def test_a_box_holds_no_claims(nlp: Language, box: str, part: str) -> None:
    text = OPENING + box
    assert not is_shown(nlp, text, part)
    assert speaker_of(nlp, text, "The market stays") == "Greta Lohr"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Nils Roth was convicted of threatening three traders.", "threatening three traders"),
        ("Three traders were later jailed for their links to a gang.", "their links to a gang"),
        (
            "Most traders are content, while 35 percent are not, suggesting that eels are dear.",
            "that eels are dear",
        ),
        ("Lohr lost the vote of the students by quoting Che Guevara.", "Che Guevara"),
    ],
)
def test_what_was_done_and_what_follows_from_it_is_no_claim(nlp: Language, text: str, part: str) -> None:
    assert not is_shown(nlp, f"{OPENING}{text}", part)


def test_whoever_quotes_somebody_s_words_says_them(nlp: Language) -> None:
    text = f"{OPENING}Lohr opened the market quoting her father: “Eels wait for nobody.”"
    assert claims_with(nlp, text, "Eels wait for nobody")


def test_headlines_of_other_articles_hold_no_claims(nlp: Language) -> None:
    text = (
        "“The market stays,” said Greta Lohr, the mayor of Norr. Most Read Councillor Dahl Warns That "
        "‘Every Stall’ Could Close Actress Mona Reed Tells Fans About New Film"
    )
    assert not is_shown(nlp, text, "That ‘Every Stall’ Could Close")


def test_a_claim_takes_nothing_from_a_notice_behind_it(nlp: Language) -> None:
    text = (
        OPENING + "Was this email forwarded to you? Sign up here. Our readers say it is the best of their day.\n"
    )
    assert speaker_of(nlp, text, "The market stays") == "Greta Lohr"
    assert not is_shown(nlp, text, "it is the best of their day")


def test_a_horoscope_holds_no_claims(nlp: Language) -> None:
    text = (
        "Your week\n\nARIES: Venus says the money will come on Thursday.\n\n"
        "Leo\nA friend promises to call you.\n\n"
        "VIRGO (Aug 23 – Sep 22): Your mother warned you that this would happen.\n"
    )
    assert not any(
        is_shown(nlp, text, part) for part in ("the money will come", "to call you", "this would happen")
    )


def test_an_illness_with_the_name_of_a_sign_is_none(nlp: Language) -> None:
    text = "Cancer: what we know\n\nCancer: the trial has been stopped, Dr Ada Holm said on Monday.\n"
    assert speaker_of(nlp, text, "the trial has been stopped") == "Ada Holm"


@pytest.mark.parametrize(
    "opens",
    [
        "The film opens at sea.",
        "Her novel is set in Norr.",
        "The play follows two sisters.",
        "In a new production at Norr’s Old Hall, it is dusk.",
        "In Norr’s revival of “The Sisters”, it is dusk.",
        "Netflix’s new series “Sea of Glass” begins with a storm.",
        "In the chorus the sea is calm.",
        "In the role-playing game Sea of Glass, it is dusk.",
        "In the film the sea is calm.",
        "Sunday’s episode of “Sea of Glass” was its best.",
    ],
)
def test_what_somebody_says_in_a_work_is_no_claim(nlp: Language, opens: str) -> None:
    text = f"A night at the harbour\n\n{opens} Mona tells Ida that the boat is lost. “You sold it,” she replies.\n"
    assert not is_shown(nlp, text, "the boat is lost")
    assert not is_shown(nlp, text, "You sold it")


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        (
            "You have read many articles about the strike. Pilot Anna Brandt says the offer is an insult.",
            "the offer is an insult",
            "Anna Brandt",
        ),
        ("Editing by committee never works, said its publisher, Jens Holm.", "Editing by committee", "Jens Holm"),
        (
            "The game starts at eight on Saturday in Norr. Coach Anna Brandt says her side is ready.",
            "her side is ready",
            "Anna Brandt",
        ),
        (
            "In this week’s episode of the podcast “Cold Sea”, the sailor Anna Brandt says the map was wrong.",
            "the map was wrong",
            "Anna Brandt",
        ),
        (
            "In the film industry, nobody sleeps, says the camera operator Anna Brandt.",
            "nobody sleeps",
            "Anna Brandt",
        ),
        (
            "The film opens at sea. Its director, Anna Brandt, says the boat was real.",
            "the boat was real",
            "Anna Brandt",
        ),
        (
            "Anna Brandt wrote the play.\n\nThe play follows two sisters. Brandt says that both of them are real.",
            "both of them are real",
            "Anna Brandt",
        ),
        (
            "Peter Gale left the firm.\n\nAnna Weiss is a professor of law. She said the ruling was a first.",
            "the ruling was a first",
            "Anna Weiss",
        ),
        ("The book was corrected, said its publisher, Jens Holm.", "The book was corrected", "Jens Holm"),
        ("Greta Lohr said an earlier version of the plan had been too dear.", "had been too dear", "Greta Lohr"),
    ],
)
def test_articles_about_works_and_versions_report_claims(
    nlp: Language, text: str, part: str, speaker: str
) -> None:
    assert speaker_of(nlp, text, part) == speaker


def test_who_speaks_about_a_work_goes_on_as_she(nlp: Language) -> None:
    text = "The film is set in Norr. Its star, Anna Brandt, says she dived for it. “I was terrified,” she says."
    assert speaker_of(nlp, text, "I was terrified") == "Anna Brandt"


def test_an_update_is_no_correction(nlp: Language) -> None:
    text = "Update: The mayor, Greta Lohr, said at noon that the road was open."
    assert speaker_of(nlp, text, "the road was open") == "Greta Lohr"


def test_the_article_s_own_headline_is_read(nlp: Language) -> None:
    text = "Mayor says market will stay\n\nGreta Lohr, the mayor of Norr, spoke on Monday.\n"
    assert is_shown(nlp, text, "market will stay")


@pytest.mark.parametrize(
    ("text", "part", "shown"),
    [
        ("“We will win,” the captain says in the trailer for the new season.", "We will win", False),
        ("“I am your father,” a knight says in the final scene.", "I am your father", False),
        ("“I am your father,” he cries in the second act.", "I am your father", False),
        ("“We will win,” the captain, Rolf Lindner, says in the new episode of the podcast.", "We will win", True),
        ("“We will win,” the captain says in the harbour of Tolmer.", "We will win", True),
        ("“It took nine years,” the director says in the trailer.", "It took nine years", True),
    ],
)
def test_a_line_of_a_work_is_said_by_nobody(nlp: Language, text: str, part: str, shown: bool) -> None:
    assert is_shown(nlp, text, part) is shown


PLAYED = (
    "Lena Marsh has spent the day talking about “Saltwater”, the film in which she plays Ada Finch, a widow who "
    "tells her village that the sea owes her a husband. “The boat never left,” Ada says in the best scene.\n\n"
    "Marsh says the shoot was cold. Idris Bell, who plays the priest, says she never complained.\n"
)


def test_what_is_written_for_a_character_is_no_claim(nlp: Language) -> None:
    assert not is_shown(nlp, PLAYED, "the sea owes her a husband")
    assert not is_shown(nlp, PLAYED, "The boat never left")


def test_those_who_play_say_what_they_say(nlp: Language) -> None:
    assert speaker_of(nlp, PLAYED, "the shoot was cold") == "Lena Marsh"
    assert speaker_of(nlp, PLAYED, "she never complained") == "Idris Bell"


def test_whoever_plays_on_a_court_is_no_character(nlp: Language) -> None:
    text = "Nadal plays Roger Federer on Sunday. “I have nothing to lose,” Federer said on Friday.\n"
    assert speaker_of(nlp, text, "I have nothing to lose") == "Roger Federer"


def test_a_character_is_known_by_surname_too(nlp: Language) -> None:
    text = PLAYED.replace("she plays Ada Finch, a widow", "she plays Finch, a widow").replace(
        "Ada says", "Ada Finch says"
    )
    assert not is_shown(nlp, text, "The boat never left")


def test_signs_that_pass_for_capitals_are_no_character() -> None:
    assert characters_of("In the film she plays ×-- again, and he plays Ada Finch.").names == (("ada", "finch"),)
