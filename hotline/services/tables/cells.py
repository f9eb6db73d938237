"""Cleans single cells: removes what spreadsheets put around a value, restores what they dropped."""

from __future__ import annotations

import re

from hotline.domain import numbers
from hotline.services import csv_table
from hotline.services.tables.faults import BadCell, TableProblem
from hotline.services.tables.shape import Kind

_FORMULA_TEXT = re.compile(r'\s*="((?:[^"]|"")*)"\s*')
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|#{3,}", re.IGNORECASE)
_POWER = re.compile(r"([0-9])(?:\.([0-9]+))?E\+?([0-9]{1,2})", re.IGNORECASE)
_POINT = re.compile(r"([0-9]+)\.0+")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
#: What people write where there is no number.
_NOTHING = frozenset({"无", "暂无", "没有", "空", "-", "--", "—", "——", "/", "\\", "n/a", "none"})
#: Below the rows of a table: totals, and who has made it.
_FOOTER = re.compile(
    r"(?:合计|总计|小计|共计)(?:[:：\s]|$)|total\s*(?:[:：]|$)"
    r"|(?:制表|填表|审核|统计|更新)(?:人|日期|时间|单位)?\s*[:：]",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[;；、\n]")
_LOOSE_PARTS = re.compile(r"[,，/／|\s]+")
_WORDS = re.compile(r"[;；、,，/／|\r\n]+")

#: Words for yes and no in a column.
_YES = frozenset({"1", "yes", "y", "true", "是", "对", "有", "√", "✓", "✔"})
_NO = frozenset({"", "0", "no", "n", "false", "否", "不", "无", "×", "✗"})


def plain(text: str, kind: Kind) -> str:
    """The value as it was before a spreadsheet saved it. Raises BadCell for what it no longer tells."""
    value = csv_table.as_it_was(text)
    if value == text and (quoted := _FORMULA_TEXT.fullmatch(text)):
        value = quoted[1].replace('""', '"')
    if kind is not Kind.TEXT:
        # A quote before it keeps a spreadsheet from taking digits for a number.
        value = value.strip().removeprefix("'").removeprefix("’").strip()
    if _ERROR.fullmatch(value.strip()):
        raise BadCell("", TableProblem.ERROR_CELL, value.strip())
    return _phone(value) if kind is Kind.PHONE else value


def _phone(value: str) -> str:
    if value.lower() in _NOTHING:
        return ""
    if whole := _POINT.fullmatch(value):
        return whole[1]
    if _THOUSANDS.fullmatch(value):
        return value.replace(",", "")
    if power := _POWER.fullmatch(value):
        digits = power[1] + (power[2] or "")
        if len(digits) != int(power[3]) + 1:
            raise BadCell("", TableProblem.DIGITS_LOST, value)
        return digits
    return value


def is_footer(first: str) -> bool:
    """Whether a row that begins so tells of the table, not of somebody."""
    return _FOOTER.match(first.strip()) is not None


def numbers_in(text: str) -> list[str]:
    """The numbers written in one cell, parted by ; 、 or line breaks; by commas, slashes or blanks where each part is
    a number by itself."""
    found: list[str] = []
    for part in _PARTS.split(text):
        loose = [each for each in _LOOSE_PARTS.split(part) if each]
        apart = len(loose) > 1 and not numbers.normalise(part) and all(numbers.normalise(each) for each in loose)
        found += loose if apart else [part]
    return [part.strip() for part in found if part.strip()]


def apart(text: str) -> list[str]:
    """The words of one cell, parted by ; 、 commas, slashes or line breaks."""
    return [part.strip() for part in _WORDS.split(text) if part.strip()]


def yes(text: str) -> bool:
    """Raises ValueError."""
    written = text.strip().lower()
    if written in _YES or written in _NO:
        return written in _YES
    raise ValueError(text)
