"""Institutions that the news calls by the building, street or district in which they sit.

Names that mean one institution stand together. Names that more often mean a place or a person ("Langley", "the
Capitol", "Bellevue") are left out.
"""

from collections.abc import Mapping

_TOGETHER = (
    "Kremlin",
    "White House",
    "Pentagon",
    "Foggy Bottom",
    "Capitol Hill",
    "Downing Street, 10 Downing Street, No 10, Number 10, Number Ten",
    "Whitehall",
    "Holyrood",
    "Stormont",
    "Scotland Yard, New Scotland Yard",
    "Buckingham Palace",
    "Kensington Palace",
    "Clarence House",
    "Lambeth Palace",
    "Threadneedle Street",
    "Leinster House",
    "Élysée Palace, Elysée Palace, Elysee Palace, Élysée, Elysée, Elysee",
    "Matignon, Hôtel Matignon, Hotel Matignon",
    "Quai d'Orsay, Quai d’Orsay",
    "Palazzo Chigi",
    "Quirinale, Quirinal Palace, Quirinal",
    "Farnesina",
    "Moncloa, La Moncloa, Moncloa Palace",
    "Zarzuela, La Zarzuela, Zarzuela Palace",
    "Berlaymont",
    "Ballhausplatz",
    "Binnenhof",
    "Rosenbad",
    "Christiansborg",
    "Bankova",
    "Casa Rosada",
    "Planalto, Planalto Palace, Palácio do Planalto",
    "La Moneda, Moneda Palace",
    "Miraflores, Miraflores Palace",
    "Casa de Nariño, Nariño Palace",
    "Malacañang, Malacanang, Malacañang Palace, Malacanang Palace",
    "Blue House, Cheong Wa Dae",
    "Kantei",
    "Zhongnanhai",
    "Rashtrapati Bhavan",
    "Aso Rock, Aso Villa",
    "Union Buildings",
    "Holy See",
)


def _folded(name: str) -> str:
    return name.strip().casefold()


OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    _folded(name): tuple(_folded(other) for other in names.split(",") if other != name)
    for names in _TOGETHER
    for name in names.split(",")
}
"""Each of these names in lower case, and the other names of the same institution."""
