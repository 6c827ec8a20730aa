"""Invented news: the same number gives the same story."""

import random
from dataclasses import dataclass, field

_FIRST = [
    "Amina",
    "Bruno",
    "Clara",
    "Dmitri",
    "Elsa",
    "Farid",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Kamala",
    "Leon",
    "Mira",
    "Nadia",
    "Oskar",
    "Priya",
    "Rosa",
    "Sven",
    "Tara",
]
_LAST = [
    "Okafor",
    "Lindqvist",
    "Marchetti",
    "Haddad",
    "Novak",
    "Brandt",
    "Iyer",
    "Castellano",
    "Dupont",
    "Eriksen",
    "Falk",
    "Grover",
    "Hartley",
    "Ivanova",
]
_PLACES = [
    "Port Ellery",
    "Marrow Bay",
    "Tillingham",
    "North Hask",
    "Vellmar",
    "Quarry Cross",
    "Lower Denby",
    "Saltmouth",
]
_BODIES = [
    "the harbour board",
    "the county council",
    "the water company",
    "the teachers' union",
    "the regional hospital",
    "the tram operator",
    "the fire service",
    "the planning committee",
    "the fishing cooperative",
]
_MATTERS = [
    "a new ferry terminal",
    "the closure of two libraries",
    "a leak in the main reservoir",
    "the sale of the old mill",
    "a ban on lorries in the centre",
    "the merger of three schools",
    "a second bridge",
    "the return of night trains",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
_SAID = (
    "“We have waited {n} years for {m}, and people in {p} deserve an answer,” {a} said on {d}.",
    "{a}, who speaks for {b}, said that {m} would cost {n} million crowns and take until the spring.",
    "“Nobody asked us,” {a} told reporters in {p}. “We read about it like everybody else.”",
    "{B} denied on {d} that it had known about {m} for {n} months before the public did.",
    "According to {a}, {n} of the {k} residents who answered a survey in {p} were in favour.",
    "“I will resign if this goes wrong,” said {a}, adding that {b} had been warned {n} times.",
)
_TOLD = (
    "The plan for {m} was first drawn up {n} years ago, when {p} was still growing by {k} people a year.",
    "About {k} people gathered outside the town hall of {p} on {d} evening, many of them with candles.",
    "An inquiry into {m} is expected to hear from {n} witnesses before it reports to {b} in the autumn.",
    "{B} owns most of the land in question, and has let it to {n} small firms since the floods.",
    "Work was stopped for {n} weeks in {p} after traces of lead were found in the soil.",
    "The vote in {p} was delayed twice, once because of snow and once because {n} members were ill.",
    "For the {k} households of {p} the dispute has already meant higher bills and longer journeys.",
)
_SUBHEADS = ("What happens next", "A long dispute", "Costs keep rising", "Voices from the town", "How it began")


@dataclass(slots=True)
class Story:
    """A piece of news. `parts` are (kind, text): p, h2, quote, item, link (a paragraph that is one link)."""

    number: int
    title: str
    author: str
    parts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that should be read."""
        return "\n\n".join(text for _, text in self.parts)

    @property
    def paragraphs(self) -> list[str]:
        """The texts of the parts, without their kinds."""
        return [text for _, text in self.parts]


class Desk:
    """Writes stories, teasers and comments, from a number."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.random = random.Random(number)

    def name(self) -> str:
        """Return a person's name."""
        return f"{self.random.choice(_FIRST)} {self.random.choice(_LAST)}"

    def sentence(self) -> str:
        """Return a sentence, in half of the cases one in which somebody says something."""
        pattern = self.random.choice(_SAID if self.random.random() < 0.5 else _TOLD)
        body = self.random.choice(_BODIES)
        return pattern.format(
            a=self.name(),
            b=body,
            B=body[0].upper() + body[1:],
            m=self.random.choice(_MATTERS),
            p=self.random.choice(_PLACES),
            d=self.random.choice(_DAYS),
            n=self.random.randint(2, 19),
            k=self.random.randint(40, 900),
        )

    def paragraph(self, sentences: int | None = None) -> str:
        """Return a paragraph of one to three sentences, or of as many as are asked for."""
        return " ".join(self.sentence() for _ in range(sentences or self.random.randint(1, 3)))

    def headline(self) -> str:
        """Return a headline, without a full stop."""
        matter = self.random.choice(_MATTERS)
        return f"{self.random.choice(_PLACES)} divided over {matter} after {self.random.randint(2, 40)} hours of talks"

    def story(self, paragraphs: int = 12, *, subheads: bool = True) -> Story:
        """Return a story of so many paragraphs."""
        story = Story(self.number, self.headline(), self.name())
        for place in range(paragraphs):
            if subheads and place in (4, 9):
                story.parts.append(("h2", self.random.choice(_SUBHEADS)))
            story.parts.append(("p", self.paragraph()))
        return story

    def comment(self) -> str:
        """Return what a reader may write below."""
        return f"{self.random.choice(('Typical.', 'I do not agree at all.', 'Well said!'))} {self.paragraph(2)}"
