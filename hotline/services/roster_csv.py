"""A duty roster as a table (CSV), as spreadsheets save it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from hotline.domain.moments import parse_moment
from hotline.domain.roster import DutyNumber, Shift
from hotline.domain.time import SHANGHAI
from hotline.services import csv_table
from hotline.services.errors import Refused
from hotline.services.roster import BadRow, BadRows, BadShift, NewShift, ShiftProblem

#: Column names, English or Chinese, in any order.
COLUMNS = {
    "person": "person", "值班人": "person", "姓名": "person",
    "numbers": "numbers", "号码": "numbers", "电话": "numbers", "手机": "numbers",
    "starts_at": "starts_at", "from": "starts_at", "开始": "starts_at", "开始时间": "starts_at",
    "ends_at": "ends_at", "to": "ends_at", "结束": "ends_at", "结束时间": "ends_at",
    "backups": "backups", "备用": "backups", "备班": "backups",
    "note": "note", "备注": "note",
}  # fmt: skip
_HEADER = ("值班人", "号码", "开始时间", "结束时间", "备班", "备注")
REQUIRED = ("person", "numbers", "starts_at", "ends_at")

#: More rows are no roster: ten years of daily shifts.
MAX_ROWS = 4000


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, else GB 18030 as Chinese spreadsheets write it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("a text file in UTF-8 or GB 18030 was expected")


def read_shifts(text: str, now: datetime) -> list[NewShift]:
    """The shifts of the table; empty rows are passed over.

    Several numbers in one field are parted by ";", backups are written 王五:13800000002 and parted by ";" too.
    Raises Refused for what is no such table, BadRows naming every line that cannot be read.
    """
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""))
    try:
        rows = [(reader.line_num, row) for row in reader if any(field.strip() for field in row)]
    except csv.Error as error:
        raise Refused(f"line {reader.line_num}: a table (CSV) was expected: {error}") from None
    if not rows or len(rows) > MAX_ROWS:
        raise Refused(f"a table of 1 to {MAX_ROWS} shifts was expected, got {max(len(rows) - 1, 0)} rows")
    names = _names(rows[0][1])
    shifts, wrong = [], []
    for line, row in rows[1:]:
        try:
            shifts.append(_shift(line, dict(zip(names, row, strict=False)), now))
        except BadShift as error:
            wrong.append(BadRow(line, error))
    if wrong:
        raise BadRows(wrong, "\n".join(f"line {row.line}: {row.error}" for row in wrong))
    return shifts


def write_shifts(shifts: Iterable[Shift]) -> Iterator[str]:
    """The table that `read_shifts` reads, a line at a time."""
    return csv_table.write(_HEADER, (_row(shift) for shift in shifts))


def _row(shift: Shift) -> tuple[str, ...]:
    backups = ";".join(f"{backup.person}:{backup.number}" for backup in shift.backups)
    span = (f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for at in (shift.starts_at, shift.ends_at))
    return shift.person, ";".join(shift.numbers), *span, backups, shift.note


def _names(header: list[str]) -> list[str]:
    names = [COLUMNS.get(field.strip().lower(), "") for field in header]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise Refused(
            f"the first line must name the columns {', '.join(REQUIRED)} (and backups, note if wanted); "
            f"not found: {', '.join(missing)}"
        )
    return names


def _shift(line: int, row: dict[str, str], now: datetime) -> NewShift:
    return NewShift(
        line=line,
        person=row.get("person", ""),
        numbers=tuple(_parts(row.get("numbers", ""))),
        starts_at=_moment(row, "starts_at", now),
        ends_at=_moment(row, "ends_at", now),
        backups=tuple(_backup(part) for part in _parts(row.get("backups", ""))),
        note=row.get("note", ""),
    )


def backup(text: str) -> DutyNumber:
    """Reads "王五:13800000002" (or with "="). Raises ValueError."""
    found = re.fullmatch(r"\s*([^:：=]+?)\s*[:：=]\s*(\S.*?)\s*", text)
    if not found:
        raise ValueError(f"a backup like 王五:13800000002 was expected, got {text[:60]!r}")
    return DutyNumber(found[1], found[2])


def _backup(text: str) -> DutyNumber:
    try:
        return backup(text)
    except ValueError as error:
        raise BadShift(ShiftProblem.BACKUP, str(error), text[:60]) from None


def _parts(field: str) -> list[str]:
    # A quote before it keeps a spreadsheet from taking +86… for a formula.
    return [part.strip() for part in re.split(r"[;；、]", field.removeprefix("'")) if part.strip()]


def _moment(row: dict[str, str], name: str, now: datetime) -> datetime:
    # Spreadsheets write dates with slashes and without leading zeros: 2026/9/1 8:00.
    text = row.get(name, "").strip().replace("/", "-")
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]+([0-9]{1,2}):([0-9]{2})(:[0-9]{2})?)?", text)
    if not found:
        message = f"{name}: a time like 2026-09-01 18:00 was expected, got {text[:60]!r}"
        raise BadShift(ShiftProblem.TIME, message, text[:60])
    year, month, day, hour, minute, seconds = found.groups()
    try:
        return parse_moment(f"{year}-{month:0>2}-{day:0>2} {hour or '00':0>2}:{minute or '00'}{seconds or ''}", now)
    except ValueError:
        raise BadShift(ShiftProblem.TIME, f"{name}: there is no {text}", text) from None
