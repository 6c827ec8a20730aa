"""Each list that is shown in pages provides its own pages."""

import pytest

from cogs.views.paging import PageButton


def test_a_list_without_pages_cannot_have_a_button() -> None:
    class Unfinished(PageButton, template=r"hearsay:unfinished:(?P<page>\d{1,4})"):
        LIST = "unfinished"

    with pytest.raises(TypeError, match="abstract"):
        Unfinished(1)  # type: ignore[abstract]
