"""Addresses of databases: as hosts write them, as drivers want them, and as people may see them."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError

_ACCEPTED = "Use sqlite:///file.db or postgresql://user:password@host/name."


def driver_url(url: str) -> URL:
    """Return the address of the database with its asynchronous driver. Raise StoreError for any other kind."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError("This is not a valid database address. " + _ACCEPTED) from None
    name = parsed.drivername.split("+")[0]
    if name == "sqlite":
        if not parsed.database or parsed.database == ":memory:" or parsed.query:
            raise StoreError("Hearsay keeps its store in a file: sqlite:///path/to/hearsay.db")
        return parsed.set(drivername="sqlite+aiosqlite")
    if name in ("postgres", "postgresql"):
        query = dict(parsed.query)
        if "sslmode" in query:  # libpq's name, and therefore what people paste
            query["ssl"] = query.pop("sslmode")
        return parsed.set(drivername="postgresql+asyncpg", query=query)
    raise StoreError("This kind of database is not known. " + _ACCEPTED)


def libpq_url(url: str) -> str:
    """Return the address of a PostgreSQL in the form of its own library, with the password. Raises StoreError."""
    parsed = driver_url(url).set(drivername="postgresql")
    query = dict(parsed.query)
    if "ssl" in query:
        query["sslmode"] = query.pop("ssl")
    return parsed.set(query=query).render_as_string(hide_password=False)


def shown_url(url: str) -> str:
    """Return the address for people to read, without the password or anything else that may be secret."""
    parsed = driver_url(url)
    if parsed.drivername.startswith("sqlite"):
        return f"sqlite:///{parsed.database}"
    host = parsed.host or "localhost"
    return f"postgresql://{host}{f':{parsed.port}' if parsed.port else ''}/{parsed.database or ''}"


def has_file(url: URL) -> bool:
    """Return whether the file of a SQLite database exists."""
    return Path(url.database or "").is_file()
