"""Contents begin and end where what was said does."""

import pytest

from bot.extraction.claims.content_ends import with_clean_ends
from tests.unit.extraction.spoken import marked


def cleaned(text: str) -> list[str]:
    words, claim, _ = marked(text)
    (found,) = with_clean_ends([claim], words)
    return [words[start:end] for start, end in found.content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("A tug met <the crew> after [a keeper] {reported} <a light>.", ["a light"]),
        ("Swimmers brace for <cold water> as [clubs] {consider} <closing>.", ["closing"]),
        ("[Holm] {said} <the lock was shut, despite> the rain.", ["the lock was shut"]),
        ("Bakers threw out <the bread> when [a customer] {complained} <of mould>.", ["of mould"]),
        ("“<We swam>,” [Holm] {said}.\n\n<A row of ducks> came by.", ["We swam"]),
        ("[He] {promised} <to send the map> but did not say <when>.", ["to send the map"]),
        ("[The firm] {said} <it had paid and> left.", ["it had paid"]),
        ("[Holm] {said} <the lock would open, a day early,> and left.", ["the lock would open, a day early"]),
        ("It closed in <what> [Holm] {called} <as “a sad day”>.", ["“a sad day”"]),
        ("It hit Norr in <what> [officials] {say} <was the worst storm> of the year.", ["the worst storm"]),
        (
            "They plan a fair for a small port that [the town] {says} <will bring work>.",
            ["a small port", "will bring work"],
        ),
        ("It wants a fee, which [the owner] {says} <is too high>.", ["a fee", "is too high"]),
    ],
)
def test_what_is_no_part_of_a_content_goes(text: str, content: list[str]) -> None:
    assert cleaned(text) == content


@pytest.mark.parametrize(
    "text",
    [
        "<The crew>, after a bad night, [the keeper] {said}, <was well>.",
        "“<We swam>,” [Holm] {said}.\n\n“<Then we slept>.”",
        "“<We swam>,” [Holm] {said}.\n\n<The ducks came later.>",
        "[He] {promised} <to send the map>, which did not please <the crew of the second boat>.",
        "[Holm] {said} <what they saw was a light>.",
        "[The town] {says} <the port will bring work>.",
        "[Holm] {bought} <bread, milk and eggs>.",
        "[Nobody] {asked} <what was in it>.",
        "She was the one <whom> [he] {refused} <to thank>.",
        "[He] {found} <a reason to do so>.",
    ],
)
def test_what_was_said_stays_whole(text: str) -> None:
    words, claim, _ = marked(text)
    assert with_clean_ends([claim], words) == [claim]
