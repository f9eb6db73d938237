"""What a database says when something fails, told in the program's own error tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    TimeoutError,
)

from hotline.domain.errors import Busy, Conflict, Refused, StorageError

#: PostgreSQL has codes for a table or column that is not there; SQLite has words.
_LACKING_CODES = ("42P01", "42703")
_LACKING_WORDS = ("no such table", "no such column", "has no column")

#: PostgreSQL's code for a number that its column does not hold.
_OUT_OF_RANGE = "22003"
#: PostgreSQL's code for what was broken off, and SQLite's word: each time since it took too long
#: (hotline.storage.bounded).
_BROKEN_OFF, _INTERRUPTED = "57014", "interrupted"
#: What SQLite's driver says of one beyond 64 bits.
_TOO_LARGE = "too large to convert to SQLite"
#: What PostgreSQL's driver says of a text that holds the character of that name.
_NUL = "NUL (0x00)"


@contextmanager
def told_as_ours() -> Iterator[None]:
    """Raises Conflict for what must be unique and is there already, StorageError for a database that is away,
    busy, full, damaged or not upgraded, Busy for what took longer than it may, Refused for a number or a text that no
    column holds. What is wrong with the program itself comes through as it is."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict("storage.there_already") from error
    except DBAPIError as error:
        if isinstance(error, DataError):
            _tell_unfit(error)
        if getattr(error.orig, "sqlstate", None) == _BROKEN_OFF or str(error.orig) == _INTERRUPTED:
            raise Busy("storage.too_long") from error
        if _lacks_structure(error):
            raise StorageError("storage.not_upgraded", why=str(error.orig)) from error
        # DatabaseError itself, none of its kinds: SQLite for a file that is damaged or no database.
        if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
            raise StorageError("storage.failed", why=str(error.orig)) from error
        raise
    except OverflowError as error:
        if _TOO_LARGE not in str(error):
            raise
        raise Refused("storage.number_too_large") from error
    except TimeoutError as error:
        raise StorageError("storage.no_connection", why=str(error)) from error


def _lacks_structure(error: DBAPIError) -> bool:
    said = str(error.orig)
    return getattr(error.orig, "sqlstate", None) in _LACKING_CODES or any(words in said for words in _LACKING_WORDS)


def _tell_unfit(error: DataError) -> None:
    """Raises Refused where it is the value that does not fit, not the program."""
    if getattr(error.orig, "sqlstate", None) == _OUT_OF_RANGE:
        raise Refused("storage.number_too_large") from error
    if _NUL in str(error.orig):
        raise Refused("storage.control_characters") from error
