"""Pictures for the documentation, from the bot's present output: `make pictures` (needs Chromium).

The preview runs on the sample newsroom. Its digest is cut out of its page, each question for readers is asked, and
Chromium takes a picture of the beginning. Look at the pictures before you commit them. With names of questions as
arguments (`python -m preview.pictures timeline`), only these are taken.
"""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console

from bot.languages.known_languages import language_of
from bot.languages.spoken import speaking
from bot.languages.translations import _
from bot.model.digests import Layout
from config.loading import load_settings
from preview.answers import QUESTIONS, Answers
from preview.play import play

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SIZES: dict[Layout, dict[str, tuple[int, int]]] = {
    layout: {f"digest-{layout.value}-{width}": (width, 2400) for width in (400, 800)} for layout in Layout
}
"""For each layout, name, width and greatest height in pixels of its pictures: a phone, and a desktop."""
ANSWER_SIZE = (400, 2400)
SIZES[Layout.EMBEDS]["digest"] = (640, 1165)  # three stories, for the README
LANGUAGES = {"de": 2_000, "pt-BR": 2_000}
"""Locales of the pictures in other languages, with their greatest height: a digest and an answer."""
_ARTICLE = re.compile(r'<article class="message[^"]*">.*?</article>', re.DOTALL)
_MEASURE = "<script>document.title=String(Math.ceil(document.documentElement.scrollHeight))</script>"
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
    """Take the pictures, or those of the answers `names`. Exits with a sentence if there is no Chromium."""
    browser = next((path for name in _BROWSER if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("Pictures need Chromium. Install it, for example with: apt-get install chromium")
    with tempfile.TemporaryDirectory() as name:
        for layout, sizes in SIZES.items() if not names else ():
            _take(browser, Path(name), layout, sizes)
        for locale, most in LANGUAGES.items() if not names else ():
            _take_language(browser, Path(name), locale, most)
        _take_answers(browser, Path(name), names or list(QUESTIONS))


def _take_answers(browser: str, folder: Path, names: Sequence[str]) -> None:
    """Play the questions, and take a picture of each answer in `names`."""
    show = partial(Answers, folder)
    console = Console(stderr=True)
    asking = play(console, load_settings(), once=True, stop=asyncio.Event(), show=show)
    asyncio.run(asking)
    for name in names:
        page = folder / f"{name}.html"
        page.write_text(page.read_text("utf-8").replace("</body>", f"{_MEASURE}</body>"), "utf-8")
        _photograph(browser, folder, page, {f"{name}-400": ANSWER_SIZE})


def language_page(page: str, locale: str) -> str:
    """Return `page` with only its first digest and the first answer that says who said what, in a language."""
    with speaking(language_of(locale)):
        title = _("Who said what")
    digest, *answers = [found for found in _ARTICLE.finditer(page) if title in found.group()]
    everything = list(_ARTICLE.finditer(page))
    kept = digest.group() + "".join(answer.group() for answer in answers[:1])
    return page[: everything[0].start()] + kept + page[everything[-1].end() :]


def _take_language(browser: str, folder: Path, locale: str, most: int) -> None:
    """Play the preview in a language, and take the picture of its digest and of an answer."""
    shown = folder / f"preview-{locale}.html"
    played = [sys.executable, "-m", "bot", "preview", "--once", "--page", str(shown), "--locale", locale]
    subprocess.run(played, check=True)  # noqa: S603
    page = folder / f"language-{locale}.html"
    content = language_page(shown.read_text("utf-8"), locale)
    page.write_text(content.replace("</body>", f"{_MEASURE}</body>"), "utf-8")
    _photograph(browser, folder, page, {f"language-{locale}": (640, most)})


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
