"""The tables of what people ask for by themselves, in a server or outside of any."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.schema.columns import Row


class ReadingRow(Row):
    """A page or a text that somebody had read (`bot.model.readings`). Who that was is not stored.

    `subject` stands for what was asked for, `other_subject` for the address that the page gives itself. `token`
    is known only to those who were shown the answer.
    """

    __tablename__ = "readings"
    __table_args__ = (
        Index(None, "subject", "read_at"),
        Index(None, "other_subject", "read_at"),
        Index(None, "kept_until"),
    )
    token: Mapped[str] = mapped_column(String(16), primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    other_subject: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    read_at: Mapped[datetime]
    kept_until: Mapped[datetime]
