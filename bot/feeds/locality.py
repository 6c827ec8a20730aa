"""Where a feed comes from, as far as that is certain. It decides the meaning of ambiguous dates and zone names."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from babel.core import get_global

_FOR_EVERYBODY = frozenset(re.findall("..", "acagaiambzcccdcocxfmggglimiolalilymemsnushsosttktotvvcws"))
"""Country code domains that are sold worldwide, and so do not say where an outlet is."""
_OFFICIAL = frozenset({"official", "de_facto_official"})
_EVERYWHERE = frozenset({"en"})
"""Languages in which outlets of any country publish, so that they do not say where one is."""


@dataclass(frozen=True, slots=True)
class Locality:
    """The language of a feed (a lower-case tag: `de`, `en-gb`), and the countries it may be from (ISO 3166).

    `countries` is empty if nothing is certain.
    """

    language: str | None = None
    countries: frozenset[str] = frozenset()


NOWHERE = Locality()


@lru_cache(maxsize=1024)
def locality_of(language: str | None, *addresses: str | None) -> Locality:
    """Return where a feed comes from, by its `language` tag and the `addresses` of its site and its document.

    The countries are those of the tag's region and of the host's top-level domain; these may be two, as with the
    `en-us` that many generators add by default. Without either, they are all countries in which the language is
    official.
    """
    named = {country for country in (_region_of(language), _first_domain(addresses)) if country}
    if named or not language:
        return Locality(language, frozenset(named))
    return Locality(language, _countries_by_language().get(_primary(language), frozenset()))


def _primary(language: str) -> str:
    return language.partition("-")[0]


def _region_of(language: str | None) -> str | None:
    subtags = (language or "").split("-")[1:]
    return next((subtag.upper() for subtag in subtags if len(subtag) == 2 and subtag.isalpha()), None)


def _first_domain(addresses: tuple[str | None, ...]) -> str | None:
    return next((country for address in addresses if address and (country := _country_of(address))), None)


def _country_of(address: str) -> str | None:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return None
    domain = host.rstrip(".").rpartition(".")[2]
    if domain == "uk":
        return "GB"
    known = (
        len(domain) == 2 and domain not in _FOR_EVERYBODY and domain.upper() in get_global("territory_languages")
    )
    return domain.upper() if known else None


@lru_cache(maxsize=1)
def _countries_by_language() -> dict[str, frozenset[str]]:
    """Return the countries in which each language is official, from the CLDR."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for country, languages in get_global("territory_languages").items():
        for tag, facts in languages.items():
            language = tag.partition("_")[0]
            if facts["official_status"] in _OFFICIAL and language not in _EVERYWHERE:
                found[language].add(country)
    return {language: frozenset(countries) for language, countries in found.items()}
