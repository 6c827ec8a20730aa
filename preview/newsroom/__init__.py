"""The sample newsroom: four invented outlets on loopback, always fresh, for the preview and for tests.

Every person, organisation and event in `articles/` is invented.
"""

from preview.newsroom.article import Article
from preview.newsroom.faults import Fault
from preview.newsroom.outlets import OUTLETS, Outlet
from preview.newsroom.server import Newsroom, Visit

__all__ = ["OUTLETS", "Article", "Fault", "Newsroom", "Outlet", "Visit"]
