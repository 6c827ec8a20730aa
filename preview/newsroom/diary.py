"""The harbour diary: a daily column of each outlet in the weeks before, so that there is something usual, and
of this week, so that something is not.

Its texts are put together from a few paragraphs, no two alike.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import permutations

from preview.newsroom.article import Draft
from preview.newsroom.outlets import OUTLETS, Outlet

FIRST_DAY, LAST_DAY = 8, 35
"""How many days ago the newest and the oldest column was printed."""
_NEWS = (
    ("The boats came home with {number} boxes of herring.", "The herring are back, and they are early"),
    ("Fog kept the port shut for {number} hours.", "Nobody with any sense leaves a harbour in that"),
    ("The port took on {number} pilots.", "A pilot who has never been lost has never been anywhere"),
    ("Weed was scraped from {number} metres of slipway.", "The weed grows faster than the budget"),
    ("The ice house sold {number} tonnes.", "We sell more ice in March than in August"),
    ("A storm moved {number} buoys.", "Every buoy is where it should be again"),
    ("The rope walk has orders for {number} coils.", "Good rope outlives the man who bought it"),
    ("Divers counted {number} lobsters on the mole.", "The lobsters know about the new wall already"),
    ("Diesel rose by {number} pence at the pump.", "Some of the small boats will stay in this week"),
    ("A survey found {number} pairs of gulls.", "The gulls were here before the chip shops"),
    ("The dredger lifted {number} loads of silt.", "The channel is as deep as it was in my youth"),
    ("The lamp was dark for {number} minutes.", "It was a fuse, and the fuse was older than me"),
)
_FIRST = (
    "Marta", "Oskar", "Sunil", "Meera", "Gus", "Lena", "Walter", "Priya", "Jonas", "Ayesha", "Tomas", "Greta",
    "Ravi", "Elsie", "Bruno", "Nadia", "Hugh", "Signe", "Omar", "Clara", "Niall", "Ingrid", "Pavel", "Ruth", "Dev",
    "Maja", "Ivor",
)  # fmt: skip
_LAST = (
    "Lindqvist", "Brandt", "Gawde", "Salvi", "Hartigan", "Prior", "Pringle", "Menon", "Ekholm", "Rahman", "Novak",
    "Hassel", "Shetty", "Barlow", "Ferri", "Karim", "Trevose", "Dahlin", "Saleh", "Weber", "Quinn", "Solberg",
    "Horak", "Maddox", "Kamat", "Zielinska", "Penrose",
)  # fmt: skip
_ROLES = (
    "a skipper",
    "a chandler",
    "the port officer",
    "who owns two trawlers",
    "a diver",
    "a pilot",
    "a customs clerk",
)
_SHIPS = (
    "Aurelia", "Borealis", "Castor", "Drusilla", "Evander", "Fulmar", "Galatea", "Halcyon", "Isolde", "Juniper",
    "Kestrel", "Lavinia", "Merganser", "Nereid", "Ophelia", "Perdita", "Quillon", "Rosalind", "Sorrel", "Thessaly",
    "Undine", "Viola", "Wigeon", "Xanthe", "Yarrow", "Zephyr", "Alcyone",
)  # fmt: skip
_CARGOES = (
    "timber", "salt", "granite", "barley", "copper", "wool", "cement", "coffee", "bicycles", "oranges", "paper",
    "bricks", "turbines", "fertiliser", "pianos", "glass", "sugar", "tractors", "cork", "linen", "almonds",
    "marble", "rubber", "lentils", "furniture", "wine", "steel",
)  # fmt: skip
_PORTS = (
    "Varna", "Aalesund", "Cadiz", "Riga", "Tangier", "Turku", "Bergen", "Naples", "Gdynia", "Haifa", "Leith",
    "Porto", "Kotka", "Malaga", "Odense", "Split", "Tallinn", "Bilbao", "Esbjerg", "Izmir", "Lisbon", "Narvik",
    "Palermo", "Rostock", "Szczecin", "Trieste", "Zadar",
)  # fmt: skip
"""Each column tells of another call: with these it is a story of its own, and not one more of the same."""
_QUAY = {
    30: "The north quay is safe for the big ferries",
    24: "The north quay is safe for the big ferries",
    17: "The north quay will be closed to lorries by the spring",
    12: "The north quay is not safe for the big ferries",
}
"""What the harbourmaster said of the quay, by day: one thing, and then the contrary."""


_PASCOE, _BAKKER = "Wenna Pascoe, a marine biologist, said.", "Cornelis Bakker, who speaks for the pilots, said."
_THIS_WEEK = (
    (1, "jellyfish close the lido", f"“They will be gone with the first east wind,” {_PASCOE}"),
    (1, "pilots vote on a strike", f"“We have had one rest day in three weeks,” {_BAKKER}"),
    (2, "a rower and a jellyfish", f"“Nobody should touch one, not even a dead one,” {_PASCOE}"),
    (3, "jellyfish block a pump", f"“The water is four degrees too warm,” {_PASCOE}"),
    (3, "a strike could last until Easter", f"“The port has not answered a single letter,” {_BAKKER}"),
    (4, "nets full of jellyfish", f"“There are more of them than in any year since we began to count,” {_PASCOE}"),
    (5, "ferries prepare for a strike", f"“A tired pilot is a danger to every ship,” {_BAKKER}"),
    (6, "the largest jellyfish yet", f"“It is as wide as a bus,” {_PASCOE}"),
    (
        6,
        "talk of a strike, and of silt",
        f"“The port has dumped its silt on the Gannet Bank,” {_BAKKER} Ingrid Solheim, the port director, denied "
        "that the port had dumped silt on the Gannet Bank.",
    ),
)
"""What nobody wrote of before: how many days ago, what the title adds, and who says what."""


def _of(words: Sequence[str], number: int, step: int) -> str:
    """Return a word for a column: another one each time, and beside others in each round."""
    return words[(number + number // len(words) * step) % len(words)]


def diary() -> Iterator[Draft]:
    """Yield the columns, the newest first: some of this week, and those of four weeks before."""
    outlets = list(OUTLETS.values())
    pairs = list(permutations(range(len(_NEWS)), 2))
    for number, (day, title, added) in enumerate(_THIS_WEEK):
        outlet, place = outlets[number % len(outlets)], len(pairs) - 1 - number
        yield _column(outlet, place, pairs[place], timedelta(days=day, hours=number), added, f": {title}")
    for day in range(FIRST_DAY, LAST_DAY):
        for hour, outlet in enumerate(outlets):
            number = (day - FIRST_DAY) * len(outlets) + hour
            added = ""
            if outlet.key == "courier" and day in _QUAY:
                added = (
                    f"There are cracks at the harbour mouth. “{_QUAY[day]},” Sarah Nolan, the harbourmaster, said."
                )
            yield _column(outlet, number, pairs[number], timedelta(days=day, hours=hour), added)


def _column(
    outlet: Outlet, number: int, news: tuple[int, int], age: timedelta, added: str, title: str = ""
) -> Draft:
    """Return a column of two pieces of news, and what is added to it and to its title."""
    (told, said), (further, answered) = (_NEWS[place] for place in news)
    ship, cargo, port = _of(_SHIPS, number, 1), _of(_CARGOES, number, 5), _of(_PORTS, number, 11)
    name, other = (f"{_of(_FIRST, number, step)} {_of(_LAST, number, step + 4)}" for step in (2, 7))
    role, other_role = (_ROLES[(number + place) % len(_ROLES)] for place in (0, 3))
    amount = age.days * 7 + age.seconds // 3600
    paragraphs = (
        f"The {ship} brought {cargo} from {port}.",
        added,
        f"{told.format(number=amount)} “{said},” said {name}, {role}.",
        f"{further.format(number=amount)} “{answered},” said {other}, {other_role}.",
    )
    return Draft(
        outlet=outlet,
        slug=f"harbour-diary-{age.days}-{number}",
        title=f"{ship} brings {cargo} from {port}{title}",
        byline="Our harbour desk",
        age=age,
        section="Harbour",
        summary=told.format(number=amount),
        story=None,
        held=False,
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
    )
