"""How tables are declared: a class for each, in which every annotation is a column.

They read as with SQLAlchemy's mapper, and are typed like that, but are plain tables. The store never asks for
mapped objects, and the mapper would take 4 MB of memory, and its time for each query.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from inspect import get_annotations
from types import NoneType
from typing import Any, ClassVar, TypeVar, cast, get_args

from sqlalchemy import Column, ForeignKey, FromClause, MetaData, Table
from sqlalchemy.types import TypeEngine

from bot.store.schema.columns import TYPES, Identity

R = TypeVar("R", bound="Row")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
NUMBERED = {"sqlite_autoincrement": True}


class Row:
    """The base of all tables. `Mapped[int | None]` is a column that may be NULL; `column` says more about one."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Any, ...]] = ()
    """Indexes and constraints, and options at the end."""
    __table__: ClassVar[Table]

    def __init_subclass__(cls) -> None:
        """Make the table, and its columns attributes of the class."""
        options: Mapping[str, Any] = {}
        *parts, last = cls.__table_args__ or ({},)
        if isinstance(last, Mapping):
            options = last
        else:
            parts.append(last)
        columns = [
            _made(name, hint, vars(cls).get(name, _Details())) for name, hint in get_annotations(cls).items()
        ]
        cls.__table__ = Table(cls.__tablename__, Row.metadata, *columns, *parts, **options)
        for made in cls.__table__.columns:
            setattr(cls, made.key, made)

    @classmethod
    def __clause_element__(cls) -> FromClause:
        """Return what queries use in place of the class."""
        return cls.__table__


@dataclass(frozen=True, slots=True)
class _Details:
    """What a column is besides its name and annotation: arguments of SQLAlchemy's `Column`."""

    arguments: Sequence[Any] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def column(*arguments: Any, **options: Any) -> Any:
    """Return what a `Row` has to know of a column besides its annotation: arguments of SQLAlchemy's `Column`.

    A type, if the annotation does not say it well enough, comes first.
    """
    return _Details(arguments, options)


def identity() -> Any:
    """Return a primary key whose numbers are never reused: old messages contain them."""
    return column(Identity, primary_key=True)


def _made(name: str, hint: object, details: _Details) -> Column[Any]:
    """Return the column that an annotation, `Mapped[…]`, and its details describe."""
    (value,) = get_args(hint)
    optional = NoneType in get_args(value)
    if optional:
        (value,) = (one for one in get_args(value) if one is not NoneType)
    # a foreign key has the type of the column that it refers to
    typed = any(isinstance(one, (TypeEngine, ForeignKey)) for one in details.arguments)
    kind = () if typed else (TYPES[value],)
    nullable = optional and not details.options.get("primary_key", False)
    return Column(name, *kind, *details.arguments, nullable=nullable, **details.options)


class _Alias:
    """A table under another name, with its columns as attributes."""

    def __init__(self, row: type[Row]) -> None:
        self.__table__ = row.__table__.alias()
        for made in self.__table__.columns:
            setattr(self, made.key, made)

    def __clause_element__(self) -> FromClause:
        return self.__table__


def aliased(row: type[R]) -> type[R]:
    """Return a table under another name, for a query that uses it twice."""
    return cast("type[R]", _Alias(row))
