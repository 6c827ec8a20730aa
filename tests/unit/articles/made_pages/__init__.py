"""Pages made for tests and benchmarks: invented news in the layouts of many kinds of sites, each with its text.

Nothing here is taken from a site: names, news and markup were made up after the habits of publishing systems.
"""

from tests.unit.articles.made_pages.intrusions import INTRUSIONS
from tests.unit.articles.made_pages.page import MadePage
from tests.unit.articles.made_pages.publishers import PUBLISHERS
from tests.unit.articles.made_pages.sites import SITES
from tests.unit.articles.made_pages.special import SPECIAL

__all__ = ["MadePage", "made_pages"]

VARIANTS = 2
"""Pages of each layout, with other news and other furniture."""


def made_pages() -> list[MadePage]:
    """Return all pages, the same each time."""
    makers = (*SITES, *SPECIAL, *PUBLISHERS, *INTRUSIONS)
    return [make(number * 100 + variant) for number, make in enumerate(makers) for variant in range(VARIANTS)]
