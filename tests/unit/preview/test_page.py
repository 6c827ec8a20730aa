"""What a person sees of messages on a page."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from preview.page import page_of
from tests.unit.preview.sample_message import NOW, full_message, message


class _Reader(HTMLParser):
    """Collects the text, the elements and the addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_everything_in_a_message_is_on_the_page() -> None:
    page = _Reader(page_of([message(content="first"), full_message()], now=NOW, names={"6": "news"}))
    text = "".join(page.text)
    for part in ("first", "APP", "@bob in #news", "Harbour Tide", "“We will stay.”", "2 hours ago", "4 outlets"):
        assert part in text
    for part in ("Evidence", "📰 Read ↗", "Choose", "in a container", "a timeline", "Only you can see this"):
        assert part in text


def test_nothing_is_loaded_from_elsewhere() -> None:
    page = page_of([full_message()], now=NOW)
    assert not re.search(r"<(img|script|link|iframe|object)|url\(|@import|src=", page)


def test_the_bar_has_the_colour_of_the_embed() -> None:
    assert "border-left-color:#336699" in page_of([full_message()], now=NOW)


def test_only_addresses_of_the_web_become_links() -> None:
    embed = {"type": "rich", "title": "x", "url": "javascript:alert(1)", "description": "[y](https://y.example)"}
    assert _Reader(page_of([message(embeds=[embed])], now=NOW)).links == ["https://y.example"]


@given(st.text(alphabet=st.sampled_from("<>&\"'/=scriptonimg *_[]()`\n") | st.characters(), max_size=120))
def test_no_text_becomes_markup(text: str) -> None:
    hostile = f'{text}<script>alert("x")</script><img src=x onerror=y>'
    embed = {"type": "rich", "title": hostile, "description": hostile, "footer": {"text": hostile}}
    button = {"type": 2, "style": 1, "label": hostile, "custom_id": "b"}
    rows = [{"type": 1, "components": [button]}]
    page = _Reader(page_of([message(content=hostile, embeds=[embed], components=rows)], title=hostile, now=NOW))
    allowed = {"html", "head", "meta", "title", "style", "body", "article", "div", "span", "b", "time", "a"}
    assert page.elements <= allowed
    assert page.attributes <= {
        "lang",
        "charset",
        "name",
        "content",
        "class",
        "style",
        "href",
        "rel",
        "aria-hidden",
    }
