"""From the HTML of pages and feeds to text. The work is done in `bot.articles.pages`, in a worker process.

This module stays light: the main process imports it only to name the functions that a worker runs.
"""

from bot.model.articles import PageText


def page_text(body: bytes, url: str, content_type: str | None, thorough: bool = False) -> PageText:
    """Return the article in a page; its text is empty if there is none.

    `thorough` also allows slow methods.

    Raises NoText for a page that would stall, and nothing for bad HTML.
    """
    from bot.articles.pages import extracted_page  # noqa: PLC0415 - trafilatura is for workers only

    return extracted_page(body, url, content_type, thorough=thorough)


def feed_text(html: str) -> str:
    """Return the text of an entry's own content, paragraphs separated by one empty line. Never raises."""
    from bot.articles.fragments import fragment_text  # noqa: PLC0415 - parsing is for workers only

    return fragment_text(html)
