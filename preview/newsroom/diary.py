"""The harbour diary: a daily column of each outlet in the weeks before, so that there is something usual.

Its texts are put together from a few paragraphs, no two alike.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import permutations

from preview.newsroom.article import Draft
from preview.newsroom.outlets import OUTLETS

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


def _of(words: Sequence[str], number: int, step: int) -> str:
    """Return a word for a column: another one each time, and beside others in each round."""
    return words[(number + number // len(words) * step) % len(words)]


def diary() -> Iterator[Draft]:
    """Yield the columns, the newest first."""
    pairs = permutations(range(len(_NEWS)), 2)
    for day in range(FIRST_DAY, LAST_DAY):
        for hour, (key, outlet) in enumerate(OUTLETS.items()):
            (news, said), (further, answered) = (_NEWS[place] for place in next(pairs))
            number = (day - FIRST_DAY) * len(OUTLETS) + hour
            ship, cargo, port = _of(_SHIPS, number, 1), _of(_CARGOES, number, 5), _of(_PORTS, number, 11)
            name, other = (f"{_of(_FIRST, number, step)} {_of(_LAST, number, step + 4)}" for step in (2, 7))
            role, other_role = (_ROLES[(number + place) % len(_ROLES)] for place in (0, 3))
            paragraphs = [
                f"The {ship} brought {cargo} from {port}.",
                f"{news} “{said},” said {name}, {role}.",
                f"{further} “{answered},” said {other}, {other_role}.",
            ]
            if key == "courier" and day in _QUAY:
                paragraphs.insert(
                    1,
                    "There are cracks at the harbour mouth. "
                    f"“{_QUAY[day]},” Sarah Nolan, the harbourmaster, said.",
                )
            numbered = (part.format(number=day * 7 + hour) for part in paragraphs)
            yield Draft(
                outlet=outlet,
                slug=f"harbour-diary-{day}",
                title=f"{ship} brings {cargo} from {port}",
                byline="Our harbour desk",
                age=timedelta(days=day, hours=hour),
                section="Harbour",
                summary=news.format(number=day * 7 + hour),
                story=None,
                held=False,
                paragraphs=tuple(numbered),
            )
