"""What is said of a table that is brought in: its fields, its faults and what else should be known of it."""

from __future__ import annotations

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from hotline.domain.wall_time import TimeProblem
from hotline.services.roster import ShiftProblem
from hotline.services.tables.faults import Fault, Note, NoteKind, Problem
from hotline.services.tables.shape import LEFT_OUT
from hotline.web.pages.roster_forms import words_of as shift_words

#: Field of a table -> how it is called.
FIELDS: dict[str, LazyString] = {
    "name": _("Name"),
    "company": _("Company"),
    "numbers": _("Numbers"),
    "number": _("Number"),
    "region": _("Region"),
    "regions": _("Regions"),
    "address": _("Address"),
    "mail": _("Mail"),
    "preferred_way": _("May be asked afterwards how it went"),
    "do_not_call": _("Does not want to be called"),
    "note": _("Note"),
    "department": _("Department"),
    "job_title": _("Job title"),
    "subjects": _("Subjects"),
    "active": _("Takes calls"),
    "person": _("Person"),
    "starts_at": _("Start"),
    "ends_at": _("End"),
    "date": _("Day of the shift"),
    "span": _("Start and end in one (9:00-17:30)"),
    "backups": _("Backups (name:number)"),
    LEFT_OUT: _("– leave out –"),
}

_PROBLEMS: dict[str, LazyString] = {
    Problem.EMPTY: _("The file is empty."),
    Problem.OLD_WORKBOOK: _(
        "This is a workbook of an old kind (xls, et) or one with a password. Save it as xlsx "
        "without a password, or as CSV."
    ),
    Problem.KIND: _("This is no table but a file of the kind %(got)s. Open it and save it as xlsx or CSV."),
    Problem.ENCODING: _("The characters of this file can't be told for certain. Save it as xlsx, or as CSV in UTF-8."),
    Problem.DAMAGED: _("This workbook is damaged. Open it, save it as xlsx once more, and try again."),
    Problem.TOO_LARGE: _("This table is too large. Split it into several."),
    Problem.SHEETS: _("There are several sheets: %(got)s. Say which."),
    Problem.NO_SHEET: _("There is no sheet %(got)s."),
    Problem.TOO_MANY_ROWS: _("At most %(got)s rows are taken here. Split the table, or use the command."),
    Problem.NO_ROWS: _("There are headings, but no row below them."),
    Problem.QUOTE: _("A quotation mark stands wrongly or is not closed."),
    Problem.HEADINGS: _("Headings were expected here: %(got)s"),
    Problem.MISSING: _("No column holds what is needed: %(got)s"),
    Problem.UNKNOWN_COLUMN: _("Say what this column means, or leave it out."),
    Problem.NO_HEADING: _("A value without a heading. Say what the column means, or leave it out."),
    Problem.TWICE: _("These columns mean the same. Choose one, and leave the others out."),
    Problem.SEPARATOR: _("This line is parted by %(got)s, the headings are not."),
    Problem.ERROR_CELL: _("The cell shows %(got)s in place of a value."),
    Problem.NOT_CALCULATED: _("This formula was never calculated. Open the file in a spreadsheet and save it."),
    Problem.DIGITS_LOST: _(
        "The spreadsheet has shortened the number to %(got)s; its last digits are lost. Make the "
        "column text and enter the number again."
    ),
    Problem.PHONE: _("A telephone number was expected, a landline with its area code, not %(got)s."),
    Problem.MAIL: _("An address like name@example.com was expected."),
    Problem.YES_NO: _("Yes or no was expected, not %(got)s."),
    Problem.WAY: _("Telephone, SMS, mail or not at all was expected, not %(got)s."),
    Problem.WAY_MAIL: _("To be asked by mail, an address is needed."),
    Problem.TOO_LONG: _("This is too long: at most %(got)s."),
    Problem.TOO_MANY: _("At most %(got)s numbers were expected."),
    Problem.NOBODY: _("A name, a company or a number was expected."),
    Problem.NAME: _("A name of usual length was expected."),
    Problem.SAME_NUMBER: _("Line %(got)s holds the same person already."),
    Problem.BOTH_TIMES: _("The times stand here and in other columns too. Leave one of them out."),
    Problem.FOOTER: _("This line tells of the table and is no row of it. Take it out of the file: %(got)s"),
    TimeProblem.DAY_FIRST: _(
        "%(got)s: day and month can't be told apart. The year comes first, with four digits: 2026-09-01."
    ),
    TimeProblem.NO_YEAR: _("%(got)s: the year is missing."),
    TimeProblem.NO_DAY: _("%(got)s: the day is missing."),
    TimeProblem.NO_SUCH: _("%(got)s: there is no such day or time."),
    TimeProblem.HALF: _("%(got)s: it is not clear which half of the day is meant. Write 0:00 to 24:00."),
    TimeProblem.WEEKDAY: _("%(got)s: that day is another day of the week."),
}

_SHIFT_PROBLEMS = frozenset(map(str, ShiftProblem))

_NOTES: dict[NoteKind, LazyString] = {
    NoteKind.BANNER: _("Taken for a title, not for a row: %(got)s"),
    NoteKind.BAD_BYTE: _("A character could not be read and is shown as \ufffd."),
    NoteKind.BIG5: _("The file was read as Big5 (traditional characters)."),
    NoteKind.LEFT_OUT: _("Running numbers are left out."),
    NoteKind.OTHER_SHEETS: _("Other sheets are not read: %(got)s"),
    NoteKind.HIDDEN_ROWS: _("%(got)s hidden rows count too."),
    NoteKind.MERGED: _("Merged down to line %(got)s: the value holds for each line."),
}


def fault_words(fault: Fault) -> str:
    """What is said of it in the reader's language, with its place."""
    if fault.problem in _PROBLEMS:
        text = str(_PROBLEMS[fault.problem]).replace("%(got)s", _got(fault) or "–")
    elif fault.problem in _SHIFT_PROBLEMS:
        text = shift_words(ShiftProblem(fault.problem), fault.got)
    else:
        text = fault.message
    return _placed(fault.line, fault.column, text)


def note_words(note: Note) -> str:
    text = str(_NOTES[note.kind]).replace("%(got)s", note.got) if note.kind in _NOTES else note.message
    return _placed(note.line, note.column, text)


def _got(fault: Fault) -> str:
    if fault.problem != Problem.MISSING:
        return fault.got
    groups = (group.split(" or ") for group in fault.got.split(", "))
    return "、".join(" / ".join(str(FIELDS[name]) for name in group) for group in groups)


def _placed(line: int, column: str, text: str) -> str:
    if line and column:
        return gettext("Line %(line)s, column %(column)s: %(text)s", line=line, column=column, text=text)
    return gettext("Line %(line)s: %(text)s", line=line, text=text) if line else text
