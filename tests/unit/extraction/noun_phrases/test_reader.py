import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.extraction.noun_phrases.persons import bare_person
from bot.extraction.noun_phrases.phrase import Form
from bot.extraction.noun_phrases.reader import read_phrase

P, O, L = "PERSON", "ORG", "LOC"  # noqa: E741


@pytest.mark.parametrize(
    ("text", "names", "name", "role"),
    [
        ("NATO Secretary-General Jens Stoltenberg", [("NATO", O), ("Jens Stoltenberg", P)], "Jens Stoltenberg",
         "NATO Secretary-General"),
        ("Turkish Prime Minister Ahmet Davutoglu", [], "Ahmet Davutoglu", "Turkish Prime Minister"),
        ("Gen Ali Abdullah Ayyoub the Syrian army chief of staff", [("Gen Ali Abdullah Ayyoub", P)],
         "Ali Abdullah Ayyoub", "Syrian army chief of staff"),
        ("Anna Kovacs, the defence minister,", [("Anna Kovacs", P)], "Anna Kovacs", "defence minister"),
        ("a spokeswoman, Jane Doe,", [("Jane Doe", P)], "Jane Doe", "spokeswoman"),
        ("Trump campaign spokesman Jason Miller", [("Trump", P), ("Jason Miller", P)], "Jason Miller",
         "Trump campaign spokesman"),
        ("Sen. David Perdue (R-Ga.)", [("David Perdue", P)], "David Perdue", "Sen"),
        ("Sen David Perdue RGa", [("David Perdue", P)], "David Perdue", "Sen"),
        ("Mr. Key", [("Key", P)], "Key", None),
        ("A juror who gave her name only as Petra", [("Petra", P)], "Petra", None),
        ("One guard, who asked to be identified only as Milan,", [], "Milan", None),
        ("a smuggler who goes by the alias Tariq Two", [], "Tariq Two", None),
        ("Joseph R. Biden, Jr.", [("Joseph R. Biden", P)], "Joseph R. Biden", None),
        ("Trump's", [("Trump", P)], "Trump", None),
        ("the UKbased antiAssad Syrian Observatory for Human Rights", [], "Syrian Observatory for Human Rights",
         None),
        ("The Home Office", [("Home Office", O)], "Home Office", None),
        ("the U.S. Department of Agriculture", [], "U.S. Department of Agriculture", None),
        ("Russia", [("Russia", L)], "Russia", None),
        ("Bank of Norrland president Jens Holm", [("Bank of Norrland", O), ("Jens Holm", P)], "Jens Holm",
         "Bank of Norrland president"),
        ("Minister for Education Mr. Holm", [("Holm", P)], "Holm", "Minister for Education"),
        ("Minister for Children, Young People and Schools Ida Holm", [("Ida Holm", P)], "Ida Holm",
         "Minister for Children, Young People and Schools"),
        ("Former Chief Of Staff Jens Holm", [("Of Staff Jens Holm", P)], "Jens Holm", "Former Chief Of Staff"),
        ("Jens Holm 44 a retired driver", [("Jens Holm", P)], "Jens Holm", "retired driver"),
        ("the Norr Lighthouse Coalition a campaign group", [], "Norr Lighthouse Coalition", "campaign group"),
        ("the BRS union", [("BRS", O)], "BRS", "union"),
        ("Norr Steel at", [("Norr Steel", O)], "Norr Steel", None),
        ("from the Harbour Authority", [("Harbour Authority", O)], "Harbour Authority", None),
        ("the Norrpress news agency", [("Norrpress", O)], "Norrpress", "news agency"),
        ("She and her co-author, the Munich immunologist Jan Adler", [("Jan Adler", P)], "Jan Adler",
         "Munich immunologist"),
        ("Mayor Dale Lindqvist, a Republican,", [("Dale Lindqvist", P)], "Dale Lindqvist", "Mayor"),
        ("Professor Ivo Lang, an economist at Bergen,", [("Ivo Lang", P)], "Ivo Lang", "economist at Bergen"),
        ("Rep. Lou Marsh, the committee's chairman,", [("Lou Marsh", P)], "Lou Marsh", "committee's chairman"),
        ("Carmaker Norr & Lark", [("Norr & Lark", O)], "Norr & Lark", "carmaker"),
    ],
)  # fmt: skip
def test_a_name_is_freed_of_titles_and_roles(
    text: str, names: list[tuple[str, str]], name: str, role: str | None
) -> None:
    phrase = read_phrase(text, names)
    assert (phrase.form, phrase.text, phrase.role) == (Form.NAME, name, role)


@pytest.mark.parametrize(
    ("text", "names", "described", "head", "definite"),
    [
        ("a senior military official", [], "senior military official", "official", False),
        ("the minister", [], "minister", "minister", True),
        ("Trump supporters", [("Trump", P)], "Trump supporters", "supporters", False),
        ("Those dismissed", [], "those dismissed", "people", False),
        ("Those affected by the flood", [], "those affected by the flood", "people", False),
        ("those in the queue", [], "those in the queue", "people", False),
        ("those residents", [], "residents", "residents", True),
        ("the Clinton campaign", [("Clinton", P)], "Clinton campaign", "campaign", True),
        ("The head of the observatory", [], "head of the observatory", "head", True),
        ("Prime Minister", [], "Prime Minister", "minister", False),
        ("the French newspaper", [("French", L)], "French newspaper", "newspaper", True),
        ("a spokesman for Mr. Holm", [("Holm", P)], "spokesman for Mr. Holm", "spokesman", False),
        (
            "companies including Norr Steel",
            [("Norr Steel", O)],
            "companies including Norr Steel",
            "companies",
            False,
        ),
        ("politicians like Jens Holm", [("Jens Holm", P)], "politicians like Jens Holm", "politicians", False),
        ("residents there", [], "residents", "residents", False),
        ("Holm's eldest daughter, 34,", [("Holm", P)], "Holm's eldest daughter", "daughter", True),
        ("both of whom", [], "both of whom", "both", False),
        ("About a third", [], "About a third", "third", False),
        ("two American defense officials", [], "two American defense officials", "officials", False),
    ],
)
def test_whoever_is_not_named_is_described(
    text: str, names: list[tuple[str, str]], described: str, head: str, definite: bool
) -> None:
    phrase = read_phrase(text, names)
    assert phrase.form is Form.DESCRIPTION
    assert (phrase.text, phrase.head, phrase.definite) == (described, head, definite)


def test_letters_that_could_be_party_and_state_are_a_name_behind_an_article() -> None:
    assert read_phrase("the DNC", [("DNC", O)]).text == "DNC"
    assert read_phrase("Former RNC chair Jens Holm", [("RNC", O), ("Jens Holm", P)]).role == "Former RNC chair"


def test_a_person_with_an_article_is_none_of_several_joined() -> None:
    names = [("Jens Holm", P), ("Bo Ray", P)]
    assert read_phrase("Jens Holm, the Anders and Bo Ray Chair in Law", names).form is not Form.JOINT
    assert read_phrase("Jens Holm, Bo Ray and Anna Kovacs", [*names, ("Anna Kovacs", P)]).form is Form.JOINT


def test_a_word_with_capitals_inside_keeps_its_first() -> None:
    assert read_phrase("HuePost readers", opens_sentence=True).text == "HuePost readers"


def test_a_description_that_opens_a_sentence_loses_its_capital() -> None:
    assert read_phrase("Officials", opens_sentence=True).text == "officials"
    assert read_phrase("Russian officials", [("Russian", L)], opens_sentence=True).text == "Russian officials"


@pytest.mark.parametrize(
    ("text", "owner"), [("Clinton's aides", "Clinton"), ("his mother", "his"), ("the aides", None)]
)
def test_an_owner_is_seen(text: str, owner: str | None) -> None:
    assert read_phrase(text).owner == owner


@pytest.mark.parametrize(
    ("text", "names", "joined"),
    [
        (
            "Sens. Jon Tester and David Vitter",
            [("Jon Tester", P), ("David Vitter", P)],
            "Jon Tester and David Vitter",
        ),
        (
            "Ann Lee, Bo Ray and Cy Dunn",
            [("Ann Lee", P), ("Bo Ray", P), ("Cy Dunn", P)],
            "Ann Lee, Bo Ray and Cy Dunn",
        ),
        (
            "Both the School District and the Police Department",
            [("School District", O), ("Police Department", O)],
            "School District and Police Department",
        ),
    ],
)
def test_joint_sources_are_taken_apart(text: str, names: list[tuple[str, str]], joined: str) -> None:
    phrase = read_phrase(text, names)
    assert (phrase.form, phrase.text) == (Form.JOINT, joined)


def test_a_name_with_and_in_it_is_one() -> None:
    assert read_phrase("the Department of Health and Human Services").form is Form.NAME


@pytest.mark.parametrize("text", ["he", "They", "she also", "who"])
def test_pronouns_are_known(text: str) -> None:
    assert read_phrase(text).form is Form.PRONOUN


@pytest.mark.parametrize("text", ["", "  ", "“”", "—"])
def test_marks_alone_name_nobody(text: str) -> None:
    assert read_phrase(text).form is Form.NONE


def test_titles_are_cut_off_a_name() -> None:
    assert bare_person("Emeritus Professor John Burrows") == ("John Burrows", "Emeritus Professor")
    assert bare_person("King") == ("King", None)


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=10), st.sampled_from([P, O, L])), max_size=3))
@example("\x08[0", [])
def test_any_words_can_be_read(text: str, names: list[tuple[str, str]]) -> None:
    read_phrase(text, names, opens_sentence=True)


def test_a_country_before_what_it_is_to_another_is_meant_though_the_comma_is_lost() -> None:
    phrase = read_phrase("Turkey Syria's neighbor to the north", [("Turkey", "LOC"), ("Syria", "LOC")])
    assert (phrase.form, phrase.text, phrase.role) == (Form.NAME, "Turkey", "Syria's neighbor to the north")


def test_a_name_that_owns_keeps_its_capital_at_the_start_of_a_sentence() -> None:
    names = [("Verdant", "ORG"), ("Harish Palekar", "PERSON")]
    phrase = read_phrase("Verdant's chief executive, Harish Palekar,", names, opens_sentence=True)
    assert phrase.role == "Verdant's chief executive"


@pytest.mark.parametrize(
    ("text", "names", "name", "role"),
    [
        ("Nell contentedly from the window seat", [], "Nell", None),
        (
            "Union of Dyers of Norrland’s chief economist, Bea Reuter",
            [("Bea Reuter", "PERSON")],
            "Bea Reuter",
            "chief economist",
        ),
        (
            "Peter Gale of Fourth Span, a Brno-based shipping company",
            [("Peter Gale", "PERSON")],
            "Peter Gale",
            None,
        ),
        ("Anna Weiss, a lawyer at Gale & Span", [("Anna Weiss", "PERSON")], "Anna Weiss", "lawyer at Gale & Span"),
    ],
)
def test_what_belongs_to_a_person_and_what_to_the_firm(
    text: str, names: list[tuple[str, str]], name: str, role: str | None
) -> None:
    phrase = read_phrase(text, names)
    assert (phrase.form, phrase.text) == (Form.NAME, name)
    assert str(phrase.role).endswith(str(role))


def test_the_and_a_capital_is_an_outlet_if_it_is_said_to_be_a_newspaper() -> None:
    phrase = read_phrase("the Independent, a British newspaper,", [("British", "MISC")])
    assert (phrase.form, phrase.text, phrase.label) == (Form.NAME, "Independent", "ORG")
    assert read_phrase("the Minister, a British politician,").form is not Form.NAME


def test_an_organisation_of_a_country_has_its_own_name() -> None:
    siemens = read_phrase("Germany's Siemens", [("Germany", L), ("Siemens", O)])
    assert (siemens.form, siemens.text, siemens.label) == (Form.NAME, "Siemens", "ORG")
    envoy = read_phrase("Germany's envoy", [("Germany", L)])
    assert (envoy.form, envoy.owner) == (Form.DESCRIPTION, "Germany")
    owned = read_phrase("Verdant's Siemens", [("Verdant", O), ("Siemens", O)])
    assert owned.text != "Siemens"


@pytest.mark.parametrize(
    ("apposition", "role"),
    [("best known for its vans", None), ("formerly based in Bern", None), ("a maker of vans", "maker of vans")],
)
def test_a_participle_behind_a_name_is_no_role(apposition: str, role: str | None) -> None:
    assert read_phrase(f"Tarvo Motors, {apposition},", [("Tarvo Motors", O)]).role == role


@pytest.mark.parametrize(
    ("text", "people", "name", "role"),
    [
        ("Vance ally Bo Marlo", ["Vance", "Bo Marlo"], "Bo Marlo", "Vance ally"),
        ("Norr marketing chief Bo Marlo", ["Bo Marlo"], "Bo Marlo", "Norr marketing chief"),
        ("Vance contentedly from the window seat", ["Vance"], "Vance", None),
        ("the wife of Mayor Vance, Ida Vance", ["Vance", "Ida Vance"], "Ida Vance", "wife of Mayor Vance"),
        ("one pastor backing Mr. Vance, Bo Marlo of Ostby", ["Vance", "Bo Marlo"], "Bo Marlo", None),
        ("Kit Vance, a friend of Bo Marlo", ["Kit Vance", "Bo Marlo"], "Kit Vance", "friend of Bo Marlo"),
        ("Mayor Kit Vance, smiling at Bo Marlo", ["Kit Vance", "Bo Marlo"], "Kit Vance", "Mayor"),
    ],
)
def test_who_is_meant_of_two_people_in_one_source(
    text: str, people: list[str], name: str, role: str | None
) -> None:
    read = read_phrase(text, [(each, "PERSON") for each in people])
    assert read.text == name
    assert role is None or read.role == role
