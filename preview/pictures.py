"""Pictures for the documentation, from the bot's present output: `make pictures` (needs Chromium).

The preview runs on the sample newsroom. Its digest is cut out of its page, each question for readers is asked, and
Chromium takes a picture of the beginning. Look at the pictures before you commit them. With names of pictures, or
tags of languages, as arguments (`python -m preview.pictures timeline wrong de`), only these are taken.
"""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console

from bot.model.digests import Layout
from config.loading import load_settings
from preview.abroad import PARTS, Abroad
from preview.answers import QUESTIONS, Answers
from preview.around import PARTS as AROUND
from preview.around import Around
from preview.play import Show, play

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SIZES: dict[Layout, dict[str, tuple[int, int]]] = {
    layout: {f"digest-{layout.value}-{width}": (width, 2400) for width in (400, 800)} for layout in Layout
}
"""For each layout, name, width and greatest height in pixels of its pictures: a phone, and a desktop."""
ANSWER_SIZE = (400, 2400)
SIZES[Layout.EMBEDS]["digest"] = (640, 1300)  # all five stories, for the README
LANGUAGES: dict[str, Sequence[str]] = {"de": PARTS, "pt-BR": ("digest", "said")}
"""Locales of the pictures in other languages, with what is taken."""
_ARTICLE = re.compile(r'<article class="message[^"]*">.*?</article>', re.DOTALL)
_MEASURE = "<script>document.title=String(Math.ceil(document.body.getBoundingClientRect().height))</script>"
_BROWSER = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def digest_page(page: str) -> str:
    """Return `page`, as the preview wrote it, with only its first digest. Raises ValueError if there is none."""
    messages = [found for found in _ARTICLE.finditer(page) if "Who said what" in found.group()]
    if not messages:
        raise ValueError("There is no digest on this page.")
    everything = list(_ARTICLE.finditer(page))
    start, end = everything[0].start(), everything[-1].end()
    return page[:start] + messages[0].group() + page[end:]


def main(names: Sequence[str] = ()) -> None:
    """Take the pictures, or those of `names`: answers, what surrounds them, languages. Exits without Chromium."""
    browser = next((path for name in _BROWSER if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("Pictures need Chromium. Install it, for example with: apt-get install chromium")
    with tempfile.TemporaryDirectory() as name:
        for layout, sizes in SIZES.items() if not names else ():
            _take(browser, Path(name), layout, sizes)
        for locale, parts in LANGUAGES.items():
            if not names or locale in names:
                _take_language(browser, Path(name), locale, parts)
        shows: tuple[tuple[Callable[..., Show], Collection[str]], ...] = ((Answers, QUESTIONS), (Around, AROUND))
        for show, known in shows:
            if asked := [one for one in names or known if one in known]:
                _take_answers(browser, Path(name), partial(show, Path(name)), asked)


def _take_answers(browser: str, folder: Path, show: Callable[..., Show], names: Sequence[str]) -> None:
    """Play a show that writes a page for each answer, and take a picture of each in `names` that has one."""
    console = Console(stderr=True)
    asyncio.run(play(console, load_settings(), once=True, stop=asyncio.Event(), show=show))
    for name in names:
        page = folder / f"{name}.html"
        if not page.exists():
            continue
        page.write_text(page.read_text("utf-8").replace("</body>", f"{_MEASURE}</body>"), "utf-8")
        _photograph(browser, folder, page, {f"{name}-400": ANSWER_SIZE})


def _take_language(browser: str, folder: Path, locale: str, parts: Sequence[str]) -> None:
    """Invite the bot to a server in another language, and take pictures of its messages."""
    _take_answers(browser, folder, partial(Abroad, folder, locale), [f"{part}-{locale}" for part in parts])


def _take(browser: str, folder: Path, layout: Layout, sizes: Mapping[str, tuple[int, int]]) -> None:
    """Play the preview with this layout, and take the pictures of its digest."""
    shown = folder / "preview.html"
    play = [sys.executable, "-m", "bot", "preview", "--once", "--page", str(shown), "--layout", layout.value]
    subprocess.run(play, check=True)  # noqa: S603
    page = folder / "digest.html"
    page.write_text(digest_page(shown.read_text("utf-8")).replace("</body>", f"{_MEASURE}</body>"), "utf-8")
    _photograph(browser, folder, page, sizes)


def _photograph(browser: str, folder: Path, page: Path, sizes: Mapping[str, tuple[int, int]]) -> None:
    shown = page.read_text("utf-8")
    for name, (width, most) in sizes.items():
        # no window of Chromium is narrower than 500 pixels when it measures
        narrow = f"<style>html{{width:{width}px;overflow:hidden}}</style></head>"
        page.write_text(shown.replace("</head>", narrow), "utf-8")
        flags = [*_FLAGS, f"--user-data-dir={folder}/profile"]
        measured = _run([browser, *flags, f"--window-size={width},600", "--dump-dom", page.as_uri()])
        found = re.search(r"<title>(\d+)</title>", measured)
        height = min(most, int(found[1])) if found else most
        target = FOLDER / f"{name}.png"
        _run([browser, *flags, f"--window-size={width},{height}", f"--screenshot={target}", page.as_uri()])
        print(f"{target.name}: {width} x {height}")


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout  # noqa: S603


if __name__ == "__main__":
    main(sys.argv[1:])
