"""A file opened as a table of some shape: which row holds the headings, what each column means, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from hotline.services.tables import cells, encoding, kinds, separated
from hotline.services.tables.faults import BadCell, BadCells, Fault, Faults, Note, NoteKind, TableProblem, refusal
from hotline.services.tables.raw import RawRow, RawTable, letter
from hotline.services.tables.separated import LOOKED_AT, SEPARATORS
from hotline.services.tables.shape import LEFT_OUT, Shape, key

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read, as far as somebody says so. `mapping`: heading or letter of a column -> field, or "-"
    to leave it out. `sheet`: of a workbook. `headings_line`: where they stand; 0 finds them. `best_sheet`: of several
    sheets take the one whose headings are known best, where else it is asked which."""

    mapping: Mapping[str, str]
    sheet: str = ""
    headings_line: int = 0
    best_sheet: bool = False


AS_IT_IS = Reading({})


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """A table before its columns are settled. `fields`: what each column seems to mean, "" where nothing is known;
    `rows` are those under the headings."""

    raw: RawTable
    headings_line: int
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    rows: Sequence[RawRow]
    notes: tuple[Note, ...]

    def column(self, place: int) -> str:
        """How people call the column: its heading, else its letter."""
        heading = self.headings[place].strip() if place < len(self.headings) else ""
        return " ".join(heading.split())[:40] or letter(place)

    def is_used(self, place: int) -> bool:
        """Whether anything stands under the heading."""
        return any(place < len(row.cells) and row.cells[place].strip() for row in self.rows)


@dataclass(frozen=True, slots=True)
class Value:
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: each field's values, by the columns that hold it; empty ones are left out."""

    line: int
    values: Mapping[str, tuple[Value, ...]]
    columns: Mapping[str, str]

    def text(self, field: str) -> str:
        return "\n".join(value.text for value in self.values.get(field, ()))


def open_table(content: bytes | str, shape: Shape, reading: Reading = AS_IT_IS) -> OpenedTable:
    """Raises Faults for what is no table."""

    def is_heading(text: str) -> bool:
        return bool(shape.field_of(text)) or key(text) in mapped

    mapped = {key(name) for name in reading.mapping}
    if not (content.strip() if isinstance(content, str) else content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe")):
        raise refusal(TableProblem.EMPTY)
    if isinstance(content, str):
        raw = _separated(content.lstrip("\ufeff").replace("\0", ""), "", shape, is_heading)
    elif kinds.is_workbook(content):
        fit = (lambda rows: separated.known_headings(rows, is_heading)[1]) if reading.best_sheet else None
        from hotline.services.tables import workbook  # here: openpyxl is dear to load, and few processes read one

        raw = workbook.read(content, reading.sheet, shape.most, fit)
    else:
        words = [word for field in shape.fields.values() for word in field.words if not word.isascii()]
        raw = _separated(*encoding.decode(content, words), shape, is_heading)
    place = _headings_at(raw, shape, is_heading, reading)
    headings = raw.rows[place].cells
    rows = raw.rows[place + 1 :]
    if not rows:
        raise refusal(TableProblem.NO_ROWS, str(shape.most))
    if len(rows) > shape.most:
        raise separated.too_many(shape.most)
    titles = [Note(NoteKind.BANNER, row.line, got=_shown(row)) for row in raw.rows[:place]]
    big5 = [Note(NoteKind.BIG5)] if raw.source == "Big5" else []
    opened = OpenedTable(raw, raw.rows[place].line, headings, _fields(headings, shape, reading), rows, ())
    running = [
        Note(NoteKind.LEFT_OUT, opened.headings_line, opened.column(at))
        for at, field in enumerate(opened.fields)
        if field == LEFT_OUT and not reading.mapping
    ]
    return replace(opened, notes=(*big5, *raw.notes, *titles, *running))


def read_rows(opened: OpenedTable, shape: Shape, make: Callable[[Row], T]) -> list[T]:
    """What `make` makes of each row. Raises Faults naming every line and column that cannot be taken; `make` raises
    BadCell."""
    made: list[T] = []
    wrong: list[Fault] = []
    for _line, found in read_each(opened, shape, make):
        if isinstance(found, Unread):
            wrong += found
        else:
            made.append(found)
    if wrong:
        raise Faults(wrong)
    return made


class Unread(list[Fault]):
    """Why a row cannot be taken."""


def read_each(opened: OpenedTable, shape: Shape, make: Callable[[Row], T]) -> Iterator[tuple[int, T | Unread]]:
    """Line by line what `make` makes of a row, or why it cannot be taken; `make` raises BadCell. Raises Faults for
    columns that are not known, that say the same, or that are missing."""
    _check_columns(opened, shape)
    for raw in opened.rows:
        row, bad = _row(opened, raw, shape)
        if bad:
            yield raw.line, Unread(bad)
            continue
        try:
            yield raw.line, make(row)
        except BadCell as error:
            yield raw.line, Unread([_fault(row, error)])
        except BadCells as error:
            yield raw.line, Unread([_fault(row, cell) for cell in error.cells])


def _fault(row: Row, cell: BadCell) -> Fault:
    column = cell.column or row.columns.get(cell.field, "")
    return Fault(row.line, column, cell.problem, cell.got)


def _separated(text: str, source: str, shape: Shape, is_heading: Callable[[str], bool]) -> RawTable:
    return separated.read(text, source, is_heading, shape.most)


def _headings_at(raw: RawTable, shape: Shape, is_heading: Callable[[str], bool], reading: Reading) -> int:
    """The place of the row of headings. Raises Faults."""
    if reading.headings_line:
        place = next((at for at, row in enumerate(raw.rows) if row.line == reading.headings_line), -1)
    else:
        place = separated.known_headings(list(raw.rows[:LOOKED_AT]), is_heading)[0]
        if place < 0 and reading.mapping:
            place = next((at for at, row in enumerate(raw.rows[:LOOKED_AT]) if _names_all(row, reading.mapping)), 0)
    if place < 0:
        first = raw.rows[0] if raw.rows else RawRow(1, ())
        raise refusal(TableProblem.HEADINGS, shape.expected(), line=first.line)
    return place


def _names_all(row: RawRow, mapping: Mapping[str, str]) -> bool:
    known = {key(cell) for cell in row.cells}
    return all(key(name) in known or _place(name, row.cells) for name in mapping)


def _fields(headings: Sequence[str], shape: Shape, reading: Reading) -> tuple[str, ...]:
    """What each column means. Raises Faults for a mapping that names no column, or no field."""
    by_heading = {key(name): field for name, field in reading.mapping.items()}
    known = {key(heading) for heading in headings if key(heading)}
    wrong = [
        Fault(0, name, TableProblem.NO_COLUMN, name)
        for name in reading.mapping
        if key(name) not in known and not _place(name, headings)
    ]
    wrong += [
        Fault(0, name, TableProblem.NO_FIELD, field)
        for name, field in reading.mapping.items()
        if field not in (*shape.fields, LEFT_OUT)
    ]
    if wrong:
        raise Faults(wrong)
    by_letter = {_place(name, headings): field for name, field in reading.mapping.items() if key(name) not in known}
    return tuple(
        by_letter.get(place + 1) or by_heading.get(key(heading)) or shape.field_of(heading)
        for place, heading in enumerate(headings)
    )


def _place(name: str, headings: Sequence[str]) -> int:
    """Which column, from 1, the letter names; 0 for none."""
    return next((place + 1 for place in range(len(headings)) if letter(place) == name.strip().upper()), 0)


def _check_columns(opened: OpenedTable, shape: Shape) -> None:
    """Raises Faults for columns that are not known, that say the same, or that are missing."""
    wrong = list(_unknown_columns(opened))
    for name, field in shape.fields.items():
        same = [opened.column(place) for place, each in enumerate(opened.fields) if each == name]
        if len(same) > 1 and not field.several:
            got = "、".join(same)
            wrong.append(Fault(opened.headings_line, got, TableProblem.TWICE, got))
    lacking = [" or ".join(group) for group in shape.needs if not set(group) & set(opened.fields)]
    if lacking:
        wrong.append(Fault(opened.headings_line, "", TableProblem.MISSING, ", ".join(lacking)))
    if wrong:
        raise Faults(wrong)


def _unknown_columns(opened: OpenedTable) -> Iterator[Fault]:
    for place, field in enumerate(opened.fields):
        if field or not opened.is_used(place):
            continue
        name = opened.column(place)
        if opened.headings[place].strip():
            yield Fault(opened.headings_line, name, TableProblem.UNKNOWN_COLUMN, name)
        else:
            yield Fault(opened.headings_line, name, TableProblem.NO_HEADING, name)


def _row(opened: OpenedTable, raw: RawRow, shape: Shape) -> tuple[Row, list[Fault]]:
    values: dict[str, list[Value]] = {}
    columns: dict[str, str] = {}
    wrong = list(_structure(opened, raw))
    for place, field in enumerate(opened.fields):
        if not field or field == LEFT_OUT:
            continue
        column = opened.column(place)
        columns[field] = f"{columns[field]}、{column}" if field in columns else column
        if (raw.line, place) in opened.raw.bad:
            wrong.append(Fault(raw.line, column, opened.raw.bad[raw.line, place]))
            continue
        text = raw.cells[place] if place < len(raw.cells) else ""
        try:
            plain = cells.plain(text, shape.fields[field].kind) if text.strip() else ""
        except BadCell as error:
            wrong.append(Fault(raw.line, column, error.problem, error.got))
            continue
        if plain.strip():
            values.setdefault(field, []).append(Value(column, plain))
    return Row(raw.line, {field: tuple(each) for field, each in values.items()}, columns), wrong


def _structure(opened: OpenedTable, raw: RawRow) -> Iterator[Fault]:
    """Values beyond the headings, and a row that is parted otherwise than they are."""
    width = len(opened.fields)
    for place in range(width, len(raw.cells)):
        if raw.cells[place].strip():
            yield Fault(raw.line, letter(place), TableProblem.NO_HEADING, raw.cells[place].strip()[:40])
    filled = [cell for cell in raw.cells if cell.strip()]
    if cells.is_footer(filled[0]):
        yield Fault(raw.line, "", TableProblem.FOOTER, _shown(raw))
    separator = opened.raw.separator
    if separator and width > 1 and len(raw.cells) == 1:
        other = next((each for each in SEPARATORS if each != separator and filled[0].count(each) == width - 1), "")
        if other:
            yield Fault(raw.line, "", TableProblem.SEPARATOR, other)


def _shown(row: RawRow) -> str:
    return " ".join(" ".join(cell.split()) for cell in row.cells if cell.strip())[:60]
