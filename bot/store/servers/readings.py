"""Pages and texts that people had read: kept for others who ask for the same, and for the controls of the answers.

They belong to no server's archive: only people who were shown an answer have its token.
"""

from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select

from bot.errors import AnswerGone
from bot.model.readings import Reading
from bot.store.database import Database
from bot.store.schema.person_tables import ReadingRow

PAGES_KEPT = timedelta(days=7)
TEXTS_KEPT = timedelta(days=1)
"""A text may be somebody's message, so it is kept for a shorter time than a public page."""

_READING = TypeAdapter(Reading)


class Readings:
    """Recent readings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, reading: Reading, subject: str) -> None:
        """Store a reading under its key, and delete expired ones."""
        now = self._database.clock()
        row = {
            "token": reading.key,
            "subject": subject,
            "content": _READING.dump_python(reading, mode="json"),
            "read_at": now,
            "kept_until": now + (TEXTS_KEPT if reading.url is None else PAGES_KEPT),
        }
        async with self._database.writing() as connection:
            await connection.execute(delete(ReadingRow).where(ReadingRow.kept_until < now))
            await connection.execute(self._database.insert(ReadingRow).values(row))

    async def latest(self, subject: str, since: datetime) -> Reading | None:
        """Return the last reading of a subject, if it is from `since` or later."""
        query = select(ReadingRow.content).where(ReadingRow.subject == subject, ReadingRow.read_at >= since)
        async with self._database.reading() as connection:
            found = await connection.execute(query.order_by(ReadingRow.read_at.desc()).limit(1))
            content = found.scalar()
        return None if content is None else _reading_of(content)

    async def get(self, key: str) -> Reading:
        """Return a reading by its key. Raises AnswerGone, also if an earlier version wrote it."""
        query = select(ReadingRow.content).where(ReadingRow.token == key)
        query = query.where(ReadingRow.kept_until >= self._database.clock())
        async with self._database.reading() as connection:
            content = (await connection.execute(query)).scalar()
        reading = None if content is None else _reading_of(content)
        if reading is None:
            raise AnswerGone
        return reading


def _reading_of(content: object) -> Reading | None:
    try:
        return _READING.validate_python(content)
    except ValidationError:
        return None
