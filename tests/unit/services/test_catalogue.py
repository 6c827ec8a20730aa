"""The feeds that a new server can choose from."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.errors import SettingsError
from bot.fetching.address_guard import checked_url
from bot.services.catalogue import read_catalogue
from config.settings import Settings


def test_the_shipped_catalogue_has_about_a_hundred_feeds_with_public_addresses_each_once() -> None:
    groups = read_catalogue(Settings.model_fields["catalogue"].default)
    urls = [feed.url for group in groups for feed in group.feeds]
    assert len(urls) >= 100
    assert len(urls) == len(set(urls))
    assert all(group.feeds for group in groups)
    for url in urls:
        checked_url(url, allow_private=False)
        assert urlsplit(url).scheme == "https"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "group = []",
        "not toml [",
        '[[group]]\nname = "A"',
        '[[group]]\nname = "A"\nfeeds = ["x"]',
        '[[group]]\nname = "A"\nfeeds = []\n[[group]]\nname = "A"\nfeeds = []',
        "\n".join(f'[[group]]\nname = "{n}"\nfeeds = []' for n in range(26)),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="The catalogue of feeds"):
        read_catalogue(path)
    with pytest.raises(SettingsError, match="The catalogue of feeds"):
        read_catalogue(tmp_path / "missing.toml")
