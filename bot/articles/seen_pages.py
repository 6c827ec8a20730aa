"""What pages looked like when last read, so that checking one again costs its site next to nothing.

In memory only: after a restart each page is requested unconditionally once, and compared from then on.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from bot.errors import PageUnchanged
from bot.fetching.client import Answer
from bot.model.articles import EntryToRead
from bot.model.feeds import Validators

PAGES_KEPT = 5_000
"""Pages that are remembered, about 300 bytes each; the least recently read are forgotten first."""


@dataclass(frozen=True, slots=True)
class _Seen:
    entry: bytes
    """The entry as its feed gave it. If it has changed, the page is read even if it claims not to have changed."""
    validators: Validators
    body: bytes


class SeenPages:
    """What the pages of entries looked like."""

    def __init__(self, pages: int = PAGES_KEPT) -> None:
        self._pages = pages
        self._seen: OrderedDict[int, _Seen] = OrderedDict()

    def validators(self, entry: EntryToRead) -> Validators:
        """Return the validators to request the page of `entry` with; none if the entry has changed."""
        seen = self._of(entry)
        return seen.validators if seen else Validators()

    def check(self, entry: EntryToRead, answer: Answer) -> None:
        """Remember the page of `entry`; raise PageUnchanged if it has not changed."""
        seen = self._of(entry)
        body = hashlib.sha256(answer.body).digest()
        if seen is not None and (answer.not_modified or seen.body == body):
            raise PageUnchanged
        self._seen[entry.entry_id] = _Seen(_form(entry), answer.validators, body)
        self._seen.move_to_end(entry.entry_id)
        while len(self._seen) > self._pages:
            self._seen.popitem(last=False)

    def forget(self, entry_id: int) -> None:
        """Forget a page that could not be read after all."""
        self._seen.pop(entry_id, None)

    def _of(self, entry: EntryToRead) -> _Seen | None:
        seen = self._seen.get(entry.entry_id)
        return seen if seen is not None and entry.was_read and seen.entry == _form(entry) else None


def _form(entry: EntryToRead) -> bytes:
    given = (entry.url, entry.title, entry.author, entry.published_at, entry.html)
    return hashlib.sha256("\0".join(map(str, given)).encode(errors="replace")).digest()
