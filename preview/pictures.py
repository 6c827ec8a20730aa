"""Pictures for the documentation, from the bot's present output: `make pictures` (needs Chromium).

The preview runs on the sample newsroom, the digest is cut out of its page, and Chromium takes a picture of its
beginning. Look at the pictures before you commit them.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.model.digests import Layout

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SIZES: dict[Layout, dict[str, tuple[int, int]]] = {
    layout: {f"digest-{layout.value}-{width}": (width, 2400) for width in (400, 800)} for layout in Layout
}
"""For each layout, name, width and greatest height in pixels of its pictures: a phone, and a desktop."""
SIZES[Layout.EMBEDS]["digest"] = (640, 1165)  # three stories, for the README
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


def main() -> None:
    """Take the pictures. Exits with a sentence if there is no Chromium."""
    browser = next((path for name in _BROWSER if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("Pictures need Chromium. Install it, for example with: apt-get install chromium")
    with tempfile.TemporaryDirectory() as name:
        for layout, sizes in SIZES.items():
            _take(browser, Path(name), layout, sizes)


def _take(browser: str, folder: Path, layout: Layout, sizes: Mapping[str, tuple[int, int]]) -> None:
    """Play the preview with this layout, and take the pictures of its digest."""
    shown = folder / "preview.html"
    play = [sys.executable, "-m", "bot", "preview", "--once", "--page", str(shown), "--layout", layout.value]
    subprocess.run(play, check=True)  # noqa: S603
    page = folder / "digest.html"
    page.write_text(digest_page(shown.read_text("utf-8")).replace("</body>", f"{_MEASURE}</body>"), "utf-8")
    for name, (width, most) in sizes.items():
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
    main()
