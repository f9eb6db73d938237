"""What can be wrong with a table, told by line and column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hotline.domain.errors import Refused

#: Faults that are told; nobody reads more.
MOST_TOLD = 100


class Problem(StrEnum):
    """Why a file, a column or a cell is not taken. A shift's own problems (`ShiftProblem`) and a time's
    (`TimeProblem`) come beside these."""

    # Of the file.
    EMPTY = "empty"
    OLD_WORKBOOK = "old_workbook"
    KIND = "kind"
    ENCODING = "encoding"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    SHEETS = "sheets"
    NO_SHEET = "no_sheet"
    TOO_MANY_ROWS = "too_many_rows"
    NO_ROWS = "no_rows"
    QUOTE = "quote"
    # Of its columns.
    HEADINGS = "headings"
    MISSING = "missing"
    UNKNOWN_COLUMN = "unknown_column"
    NO_HEADING = "no_heading"
    TWICE = "twice"
    NO_COLUMN = "no_column"
    NO_FIELD = "no_field"
    # Of a cell or a row.
    SEPARATOR = "separator"
    ERROR_CELL = "error_cell"
    NOT_CALCULATED = "not_calculated"
    DIGITS_LOST = "digits_lost"
    PHONE = "phone"
    MAIL = "mail"
    YES_NO = "yes_no"
    WAY = "way"
    WAY_MAIL = "way_mail"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOBODY = "nobody"
    NAME = "name"
    SAME_NUMBER = "same_number"
    BOTH_TIMES = "both_times"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` 0: of the whole file; `column` as its heading is written, "" for the whole line. `message` says it in
    English; who shows it in another language does so by `problem` and `got`."""

    line: int
    column: str
    problem: str
    message: str
    got: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{f'column {self.column}: ' if self.column else ''}{self.message}"


class Faults(Refused):
    """Nothing was taken: `faults` say why, at most MOST_TOLD of `count`."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults, self.count = tuple(faults[:MOST_TOLD]), len(faults)
        more = [f"… and {self.count - MOST_TOLD} more"] if self.count > MOST_TOLD else []
        super().__init__("\n".join([*map(str, self.faults), *more]))


class BadCell(Exception):
    """A cell that cannot be taken; the row knows its line. `column`: where several columns hold the field."""

    def __init__(self, field: str, problem: str, message: str, got: str = "", column: str = "") -> None:
        super().__init__(message)
        self.field, self.problem, self.message, self.got, self.column = field, problem, message, got, column


class BadCells(Exception):
    """Several of them, in one row."""

    def __init__(self, cells: Sequence[BadCell]) -> None:
        super().__init__("; ".join(cell.message for cell in cells))
        self.cells = tuple(cells)


def gathered(*attempts: Callable[[], Any]) -> list[Any]:
    """What each attempt gives. Raises BadCells with all that failed, so that a row's faults are told at once."""
    made: list[Any] = []
    wrong: list[BadCell] = []
    for attempt in attempts:
        try:
            made.append(attempt())
        except BadCell as error:
            wrong.append(error)
        except BadCells as error:
            wrong += error.cells
    if wrong:
        raise BadCells(wrong)
    return made


class NoteKind(StrEnum):
    """What is told of a table although it is taken."""

    BANNER = "banner"
    BAD_BYTE = "bad_byte"
    BIG5 = "big5"
    LEFT_OUT = "left_out"
    OTHER_SHEETS = "other_sheets"
    HIDDEN_ROWS = "hidden_rows"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know of a table that is taken; `message` in English."""

    kind: NoteKind
    message: str
    line: int = 0
    column: str = ""
    got: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{f'column {self.column}: ' if self.column else ''}{self.message}"


def refusal(problem: Problem, message: str, got: str = "", line: int = 0, column: str = "") -> Faults:
    """One fault as the whole answer."""
    return Faults([Fault(line, column, problem, message, got)])
