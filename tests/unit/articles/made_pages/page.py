"""What a made page is."""

from dataclasses import dataclass

from bot.model.articles import Wall


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page with what should be read of it: the text, and the wall before it, if there is one."""

    name: str
    html: str
    text: str
    wall: Wall | None = None
    url: str = "https://www.valley-herald.example/news/a-story"
