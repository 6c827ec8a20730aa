import pytest

from preview.pictures import digest_page

PAGE = (
    "<html><body><main>"
    '<article class="message private">Feed added</article>'
    '<article class="message">Who said what: Monday<b>1</b></article>'
    '<article class="message">Who said what: continued</article>'
    "</main></body></html>"
)


def test_the_first_digest_message_stands_alone() -> None:
    assert digest_page(PAGE) == (
        '<html><body><main><article class="message">Who said what: Monday<b>1</b></article></main></body></html>'
    )


def test_a_page_without_a_digest_is_refused() -> None:
    with pytest.raises(ValueError, match="no digest"):
        digest_page('<body><article class="message">Feed added</article></body>')
