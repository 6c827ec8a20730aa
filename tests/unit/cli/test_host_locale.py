"""The language and region in which the host writes dates."""

import pytest

from bot.cli.host_locale import locale_of_host


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de-DE"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "pt_BR"}, "pt-BR"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "pt_BR", "LC_ALL": "fr_CA.utf8@euro"}, "fr-CA"),
        ({"LC_ALL": "", "LANG": "hi_IN"}, "hi-IN"),
        ({"LC_ALL": "C.UTF-8", "LANG": "de_DE"}, ""),
        ({"LANG": "POSIX"}, ""),
        ({"LANG": "🙂"}, "🙂"),
        ({}, ""),
    ],
)
def test_the_first_variable_that_is_set_counts(environment: dict[str, str], tag: str) -> None:
    assert locale_of_host(environment) == tag
