"""Rows made into values: the one way in which what a query found leaves the store."""

from typing import Any, TypeVar

T = TypeVar("T")


def value_of(kind: type[T], row: Any, **further: Any) -> T:
    """Return a dataclass of `kind` made of `row`, whose columns are named, or labelled, as its fields are.

    `further` are fields that the row does not have, or has in another form. Columns that are no fields are left
    out, and fields without a column keep their default.
    """
    given = row._mapping  # noqa: SLF001 - SQLAlchemy's public way, in spite of its name
    fields: Any = kind.__dataclass_fields__  # type: ignore[attr-defined]
    named = {name: given[name] for name in fields if name not in further and name in given}
    return kind(**named, **further)
