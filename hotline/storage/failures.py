"""What a database says when something fails, told in the program's own error tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    TimeoutError,
)

from hotline.services.errors import Conflict, StorageError

#: PostgreSQL has codes for a table or column that is not there; SQLite has words.
_LACKING_CODES = ("42P01", "42703")
_LACKING_WORDS = ("no such table", "no such column", "has no column")


@contextmanager
def told_as_ours() -> Iterator[None]:
    """Raises Conflict for what must be unique and is there already, StorageError for a database that is away,
    busy, full, damaged or not upgraded. What is wrong with the program itself comes through as it is."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(f"it is there already: {error.orig}") from error
    except DBAPIError as error:
        if _lacks_structure(error):
            raise StorageError(f"the database lacks something, run `hotline db upgrade`: {error.orig}") from error
        # DatabaseError itself, none of its kinds: SQLite for a file that is damaged or no database.
        if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
            raise StorageError(f"the database did not do its work: {error.orig}") from error
        raise
    except TimeoutError as error:
        raise StorageError(f"no connection to the database became free: {error}") from error


def _lacks_structure(error: DBAPIError) -> bool:
    said = str(error.orig)
    return (getattr(error.orig, "sqlstate", None) in _LACKING_CODES
            or any(words in said for words in _LACKING_WORDS))
