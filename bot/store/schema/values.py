"""Turns rows into values: the only way in which query results leave the store."""

from typing import Any, TypeVar

T = TypeVar("T")


def value_of(kind: type[T], row: Any, **further: Any) -> T:
    """Return a dataclass of `kind` made from `row`, whose columns are named, or labelled, like its fields.

    `further` are fields that the row does not have, or has in another form. Columns that are not fields are left
    out, and fields without a column keep their default.
    """
    given = row._mapping  # noqa: SLF001 - SQLAlchemy's public way, in spite of its name
    fields: Any = kind.__dataclass_fields__  # type: ignore[attr-defined]
    named = {name: given[name] for name in fields if name not in further and name in given}
    return kind(**named, **further)
