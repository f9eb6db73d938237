"""What can be wrong with a table, told by line and column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from hotline.domain.errors import Refused
from hotline.domain.reasons import Reason, because

#: Faults that are told; nobody reads more.
MOST_TOLD = 100


class TableProblem(StrEnum):
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
    ONLY_HIDDEN = "only_hidden"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_MERGED = "too_many_merged"
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

    @property
    def code(self) -> str:
        return f"tables.{self}"


class HasCode(Protocol):
    """A member of one of the enumerations of problems."""

    @property
    def code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` 0: of the whole file; `column` as its heading is written, "" for the whole line."""

    line: int
    column: str
    problem: HasCode
    got: str = ""

    @property
    def reason(self) -> Reason:
        return placed(Reason(self.problem.code, {"got": self.got}), self.line, self.column)


class Faults(Refused):
    """Nothing was taken: `faults` say why, at most MOST_TOLD of `count`."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults, self.count = tuple(faults[:MOST_TOLD]), len(faults)
        more = [because("tables.more", count=self.count - MOST_TOLD)] if self.count > MOST_TOLD else []
        super().__init__("tables.faults", faults=(*(fault.reason for fault in self.faults), *more))


class BadCell(Exception):
    """A cell that cannot be taken; the row knows its line. `column`: where several columns hold the field."""

    def __init__(self, field: str, problem: HasCode, got: str = "", column: str = "") -> None:
        super().__init__(problem.code)
        self.field, self.problem, self.got, self.column = field, problem, got, column


class BadCells(Exception):
    """Several of them, in one row."""

    def __init__(self, cells: Sequence[BadCell]) -> None:
        super().__init__(", ".join(cell.problem.code for cell in cells))
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

    @property
    def code(self) -> str:
        return f"tables.note_{self}"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know of a table that is taken."""

    kind: NoteKind
    line: int = 0
    column: str = ""
    got: str = ""

    @property
    def reason(self) -> Reason:
        return placed(Reason(self.kind.code, {"got": self.got}), self.line, self.column)


def placed(what: Reason, line: int, column: str) -> Reason:
    """It, with its place in the table."""
    if line and column:
        return because("tables.at_cell", line=line, column=column, what=what)
    if line:
        return because("tables.at_line", line=line, what=what)
    return because("tables.at_column", column=column, what=what) if column else what


def refusal(problem: TableProblem, got: str = "", line: int = 0, column: str = "") -> Faults:
    """One fault as the whole answer."""
    return Faults([Fault(line, column, problem, got)])
