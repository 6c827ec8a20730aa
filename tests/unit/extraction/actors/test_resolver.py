"""Who is meant by a source: small articles with sources marked by hand, names by their capitals."""

import re

import pytest

from bot.extraction.actors.resolver import Article, Entity, Resolver
from bot.extraction.claims.quotations import quotations
from bot.model.claims import Claim, Kind, Wording

PEOPLE = ("Anna Kovacs", "Anna KovacsRay", "Kovacs", "Bo Ray", "Bo McRay", "Ray", "Jens Holm", "Maria", "Helga")
PLACES = ("Norrland", "Brno")
ORGANISATIONS = ("Harbour Authority", "Norr Steel", "Norr Post", "Coast Observatory for Birds")


def speakers(marked: str) -> list[str | None]:
    """Return who speaks in text with its sources in [brackets] and its contents in {braces}, one each in turn."""
    text, sources, contents = "", [], []
    for part in re.split(r"(\[.*?\]|\{.*?\})", marked):
        start = len(text)
        text += part.strip("[]{}")
        if part[:1] == "[":
            sources.append((start, len(text)))
        elif part[:1] == "{":
            contents.append((start, len(text)))
    claims = [
        Claim((source,), (), (content,), None, Kind.STATEMENT, Wording.PARAPHRASED, 1.0, (0, len(text)))
        for source, content in zip(sources, contents, strict=True)
    ]
    entities = sorted(
        {
            (found.start(), found.end(), label)
            for names, label in ((PEOPLE, "PERSON"), (PLACES, "LOC"), (ORGANISATIONS, "ORG"))
            for name in names
            for found in re.finditer(rf"\b{name}\b", text)
            if not (
                name in ("Kovacs", "Ray")
                and text[found.start() - 5 : found.start() - 1] in ("Anna", "d Bo", " Bo")
            )
        }
    )
    sentences = [found.span() for found in re.finditer(r"[^.]+\.?\s*", text)]
    article = Article(text, sentences, [Entity(*entity) for entity in entities], claims, quotations(text))
    return [member.name if member else None for member in Resolver(article).resolve()]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Anna Kovacs] said {all is well}. [Kovacs] added {it will stay so}.", ["Anna Kovacs"] * 2),
        ("[Anna Kovacs] said {all is well}. [She] added {it will stay so}.", ["Anna Kovacs"] * 2),
        ("Anna Kovacs met Jens Holm. [He] said {it was late}. [She] said {no}.", ["Jens Holm", "Anna Kovacs"]),
        ("[Anna Kovacs], the mayor of Brno, said {yes}. [The mayor] said {no}.", ["Anna Kovacs"] * 2),
        (
            "[The Coast Observatory for Birds] said {yes}. [The observatory] said {no}.",
            ["Coast Observatory for Birds"] * 2,
        ),
        ("[Norr Steel] said {yes}. [The company] said {no}. [It] said {maybe}.", ["Norr Steel"] * 3),
        ("[a senior official] said {yes}. [The official] said {no}.", ["senior official"] * 2),
        (
            "[A senior defence official] said {yes}. [An official] said {no}.",
            ["senior defence official", "official"],
        ),
        ("[Officials] said {yes}. [They] said {no}.", ["officials"] * 2),
        ("[Anna Kovacs and Bo Ray] said {yes}. [They] said {no}.", ["Anna Kovacs and Bo Ray"] * 2),
        ("Anna Kovacs waited. [Her mother] said {yes}.", ["Anna Kovacs’s mother"]),
        ("[A statement from Norr Steel] said {yes}.", ["Norr Steel"]),
        ("[The Harbour Authority’s statement] said {yes}.", ["Harbour Authority"]),
        ("Bo Ray, [who] said {yes}, left.", ["Bo Ray"]),
        ("[Russia] said {yes}. [The country] said {no}.", ["Russia"] * 2),
        ("[A leaked letter] says {yes}.", ["leaked letter"]),
        ("[It] said {no}.", [None]),
        ("{Anna Kovacs will not run again}, [she] said.", ["Anna Kovacs"]),
        ("{Norr Steel has bought a mill}, [it] said.", ["Norr Steel"]),
        ("Anna Kovacs waited. {Sue Ray will not run again}, [she] said.", ["Anna Kovacs"]),
        ("{A mill was bought by Anna Kovacs}, [it] said.", [None]),
        ("“{Anna Kovacs will not run again},” [she] said.", [None]),
        ("{Anna Kovacs will not run again}, [her aides] said.", ["aides"]),
    ],
)
def test_each_source_finds_its_actor(marked: str, expected: list[str | None]) -> None:
    assert speakers(marked) == expected


def test_a_name_inside_what_is_said_is_not_the_one_who_says_it() -> None:
    assert speakers("[Bo Ray] said {Jens Holm was late}. [He] said {Jens Holm is slow}.") == ["Bo Ray"] * 2


LOST = "The harbour was quiet and the boats stayed where they were for the whole of that long cold week in May" * 6
"""An article that has lost its punctuation."""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Jens Holm chief engineer of the harbour", "Jens Holm"),
        ("Jens Holm supporters", "Jens Holm supporters"),
        ("The Coast Observatory for Birds COB", "Coast Observatory for Birds"),
        ("Norr Steel a Brno firm", "Norr Steel"),
        ("The governors office", "governor's office"),
        ("The officials wife", "official's wife"),
        ("The teachers union", "teachers union"),
        ("Judge Anna KovacsRay", "Anna Kovacs-Ray"),
        ("Bo McRay", "Bo McRay"),
    ],
)
def test_what_commas_brackets_and_apostrophes_set_apart_is_told_where_they_are_lost(
    source: str, expected: str
) -> None:
    assert speakers(f"{LOST} [{source}] said {{yes}}")[0] == expected


def test_a_newspaper_says_what_its_article_says() -> None:
    assert speakers("[The Norr Post] said {yes}. [The article] noted {no}.") == ["Norr Post"] * 2


def test_letters_behind_a_name_are_no_part_of_it() -> None:
    assert speakers("[Ms Anna Kovacs KC] said {yes}.") == ["Anna Kovacs"]


def test_who_means_no_one_who_does_something_to_those_right_before_it() -> None:
    assert speakers("Anna Kovacs may placate unions in the port, [who] said {no}.") != ["Anna Kovacs"]
