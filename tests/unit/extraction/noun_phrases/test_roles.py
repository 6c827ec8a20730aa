"""Roles are shown whole or not at all."""

import pytest

from bot.extraction.noun_phrases.roles import is_tie, own_role, role_after, role_before, seat_after, shown_role


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("Its chief executive", "chief executive"),
        ("their head coach", "head coach"),
        ("her advocate", None),
        ("his wife and former minister", None),
        ("Orr’s neighbour", None),
        ("She and her co-author", None),
        ("Fairway’s chief engineer", "Fairway’s chief engineer"),
        ("winemaker", "winemaker"),
        ("friend", None),
        ("secretary", None),
        ("expert", None),
        ("The", None),
        ("transport secretary", "transport secretary"),
        ("advocate general", "advocate general"),
        ("mayor", "mayor"),
        ("Sen", "Sen"),
        ("Friend of the court", "Friend of the court"),
        ("former deputy", None),
        ("Her ex-husband", None),
        ("Teammate", None),
        ("audiologist", "audiologist"),
        (None, None),
    ],
)
def test_a_role_is_shown_whole_or_not_at_all(role: str | None, shown: str | None) -> None:
    assert shown_role(role) == shown


def test_a_calling_behind_a_name_is_a_role() -> None:
    text = "Ola Brekke, a winemaker from Norr, said"
    assert role_after(text, len("Ola Brekke")) == "winemaker from Norr"


def test_a_role_before_a_comma_goes_with_a_titled_name() -> None:
    text = "The hospital reopened. Her deputy, Dr Ola Brekke, stayed away"
    assert role_before(text, text.index("Ola")) == "deputy"
    assert role_before(text.replace("Dr", "Only"), text.index("Ola") + 2) is None


@pytest.mark.parametrize(
    ("role", "tie"), [("her lawyer", True), ("Orr’s brother", True), ("lawyer", False), ("Norr’s mayor", False)]
)
def test_a_tie_is_what_somebody_is_to_another(role: str, tie: bool) -> None:
    assert is_tie(role) is tie


def test_a_role_before_a_name_stops_at_the_person_before_it() -> None:
    text = "Singer Dee Marlo and producer Kit Vance are suing"
    assert role_before(text, text.index("Kit"), floor=text.index(" and")) == "producer"


def test_what_no_comma_closes_is_no_apposition() -> None:
    text = "To speak with his mother, Vance was put on hold"
    assert role_before(text, text.index("Vance"), end=text.index(" was")) is None
    text = "The party lost its chair, Vance, on Monday"
    assert role_before(text, text.index("Vance"), end=text.index(", on")) == "chair"


def test_the_noun_of_a_role_stands_before_its_place() -> None:
    text = "The Vatican’s ambassador in Brno, Archbishop Vance, left"
    assert role_before(text, text.index("Vance")) == "Vatican’s ambassador in Brno"


@pytest.mark.parametrize(
    ("behind", "words"),
    [
        (" of Nevada was", {"nevada"}),
        (" (R-S.C.) said", {"republican", "south", "carolina"}),
        (" of Ostby said", set()),
        (" said", set()),
    ],
)
def test_a_lawmaker_sits_for_a_state(behind: str, words: set[str]) -> None:
    assert seat_after("Vance" + behind, len("Vance")) == words


@pytest.mark.parametrize(
    ("text", "before", "role"),
    [
        ("Dale Lindqvist, a Republican, called it misleading.", "Mayor", None),
        ("Rhonda Weiss, a veteran of the force, said no.", "Police Chief", None),
        ("Ivo Lang, an economist at Bergen, said no.", "Professor", "economist at Bergen"),
        ("Tom Reed, a Republican, said no.", None, "Republican"),
        ("Lou Marsh, the chairman of the committee, said no.", "Rep", "chairman of the committee"),
    ],
)
def test_an_office_before_a_name_beats_the_sort_of_people_behind_it(
    text: str, before: str | None, role: str | None
) -> None:
    assert role_after(text, text.index(","), before) == role


def test_a_role_behind_a_name_is_read_although_capitals_stand_before_the_name() -> None:
    text = "In UNITED STATES GOVERNMENT DEPARTMENTS of the north Ann Kovacs, the manager of the mill, resigned."
    assert role_after(text, text.index(", the")) == "manager of the mill"


@pytest.mark.parametrize(
    ("before", "role"),
    [
        ("The husband of Police Chief ", "Police Chief"),
        ("A spokesman for Mayor ", "Mayor"),
        ("Minister of Defence ", "Minister of Defence"),
        ("Chief technology officer ", "Chief technology officer"),
        (
            "Minister for Housing, Local Government and Heritage ",
            "Minister for Housing, Local Government and Heritage",
        ),
    ],
)
def test_a_role_right_before_a_name_is_its_bearers_own_and_whole(before: str, role: str) -> None:
    text = f"{before}Ida Brekke said"
    assert role_before(text, len(before), end=len(before) + len("Ida Brekke")) == role


def test_what_is_said_of_a_name_behind_a_comma_is_no_role() -> None:
    text = "Call Sergeant Ida Brekke, the captain said."
    assert role_after(text, text.index(", the captain")) is None


def test_a_mayor_is_one_of_the_town_behind_the_name() -> None:
    assert seat_after(" of Linden said", 0, "Mayor") == {"linden"}
    assert not seat_after(" of Linden said", 0, "Engineer")


def test_the_senator_of_whom_somebody_is_the_son_is_another_one() -> None:
    assert own_role("son of Norrland's oldest senator") == "son"
