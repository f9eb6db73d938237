"""Importing tables by a page: upload, choose the columns, check, then take all rows or none.

One page for customers, the directory (A6), the duty roster (A2), the shift plan (F6), projects (E8) and results of
trainings (F11).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.errors import Refused
from hotline.domain.rights.acts import Act
from hotline.services.customers import table as customers_csv
from hotline.services.directory import table as directory_csv
from hotline.services.line import roster
from hotline.services.line import roster_table as roster_csv
from hotline.services.line.names import line_names
from hotline.services.projects import table as projects_csv
from hotline.services.shifts import shift_table
from hotline.services.tables.faults import Faults, TableProblem
from hotline.services.tables.raw import letter
from hotline.services.tables.shape import LEFT_OUT, Shape
from hotline.services.tables.table import OpenedTable, Reading, open_table
from hotline.services.trainings import table as trainings_table
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said
from hotline.web.table_imports import uploads
from hotline.web.table_imports.uploads import MOST_BYTES, Upload
from hotline.web.table_imports.words import FIELDS, fault_words, note_words

blueprint = Blueprint("tables", __name__)

#: More rows would keep a page waiting for minutes; the command takes them.
MOST_ROWS = 20_000
ROWS_SHOWN = 5
FAULTS_SHOWN = 30
_NOTES_SHOWN = 10
_LINES_OFFERED = 10
#: The other parts of the form: the token, which column is what.
AROUND_THE_FILE = 64 * 1024

#: Reads the rows and takes them, or with True only says what would happen. Raises Faults.
Take = Callable[[OpenedTable, bool], str]
Answer = AnyResponse | str | tuple[str, int]


@dataclass(frozen=True)
class TableTarget:
    """`back`: the page that shows what was brought in. `hint`: what a row of it is."""

    shape: Shape
    title: LazyString
    hint: LazyString
    back: str
    take: Take


def _customers(opened: OpenedTable, dry_run: bool) -> str:
    found = customers_csv.customers_of(opened, web().settings.numbers.outside_prefixes)
    done = customers_csv.import_customers(web().storage, found, actor(), web().now(), dry_run)
    return _people_words(done.added, done.changed, done.known)


def _directory(opened: OpenedTable, dry_run: bool) -> str:
    found = directory_csv.people_of(opened, web().settings.numbers.outside_prefixes)
    done = directory_csv.import_people(web().storage, web().pbx, found, actor(), web().now(), dry_run)
    return _people_words(done.added, done.changed, done.known)


def _roster(opened: OpenedTable, dry_run: bool) -> str:
    lines = line_names(web().settings)
    found = roster_csv.shifts_of(opened, web().now(), lines)
    done = roster.import_shifts(web().storage, found, actor().name, web().now(), dry_run, lines)
    return gettext("%(added)s shifts added, %(known)s were there already.", added=len(done.added), known=done.known)


def _projects(opened: OpenedTable, dry_run: bool) -> str:
    context = web()
    found = projects_csv.projects_of(opened, context.settings.numbers.outside_prefixes)
    done = projects_csv.import_projects(context.storage, context.settings, found, actor(), context.now(), dry_run)
    words = _people_words(done.added, done.changed, done.known)
    return words + (" " + gettext("%(n)s customers are new.", n=done.customers) if done.customers else "")


def _trainings(opened: OpenedTable, dry_run: bool) -> str:
    done = trainings_table.import_results(web().storage, opened, actor(), web().now(), dry_run)
    return _people_words(done.added, done.changed, done.known)


def _shifts(opened: OpenedTable, dry_run: bool) -> str:
    done = shift_table.import_plan(web().storage, web().settings, opened, dry_run, actor(), web().now())
    return gettext(
        "%(added)s shifts as drafts; %(left)s left out, since something stands there.",
        added=done.added,
        left=done.left_out,
    )


def _people_words(added: int, changed: int, known: int) -> str:
    return gettext(
        "%(added)s added, %(changed)s changed, %(known)s known already.", added=added, changed=changed, known=known
    )


TARGETS = {
    "customers": TableTarget(
        customers_csv.SHAPE,
        _("Customers"),
        _(
            "Whoever has one of a row's numbers and the same name is completed; "
            "all others are added. The same table again changes nothing."
        ),
        "customers.index",
        _customers,
    ),
    "directory": TableTarget(
        directory_csv.SHAPE,
        _("Directory"),
        _("Who has the number already is written anew; all others are added."),
        "directory.index",
        _directory,
    ),
    "roster": TableTarget(
        roster_csv.SHAPE,
        _("Duty roster"),
        _("Each row is a shift. Start and end stand in a column each, or in one (9:00-17:30) beside a column of days."),
        "roster.index",
        _roster,
    ),
    "projects": TableTarget(
        projects_csv.SHAPE,
        _("Projects"),
        _(
            "A customer's project of the same name is written anew; all others are added. Customers are found by "
            "number, else by name; who has a number and is not known is written down."
        ),
        "projects.index",
        _projects,
    ),
    "trainings": TableTarget(
        trainings_table.SHAPE,
        _("Results of trainings"),
        _("Each row is one person's result of one training on one day. The same table again changes nothing."),
        "trainings.index",
        _trainings,
    ),
    "shifts": TableTarget(
        shift_table.SHAPE,
        _("Shift plan"),
        _("Each row is a shift: whose, on which day, of which kind; with times of its own where it has some."),
        "shifts.index",
        _shifts,
    ),
}
_ADDRESS = "/<any(customers, directory, roster, projects, shifts, trainings):kind>/import"


class FileForm(FlaskForm):
    file = FileField(_("Table (xlsx or CSV)"), [FileRequired(_("Please choose a file."))])


@blueprint.get(_ADDRESS)
@may(Act.IMPORT_TABLES)
def choose(kind: str) -> str:
    return _choose_page(kind, FileForm(formdata=None))


@blueprint.post(_ADDRESS)
@may(Act.IMPORT_TABLES)
def send(kind: str) -> AnyResponse | tuple[str, int]:
    """The file is opened once, so that what is no table is told here, and then kept for a while."""
    form = FileForm()
    if not form.validate_on_submit():
        return _choose_page(kind, form), 422
    file = form.file.data
    assert file is not None  # it is required
    upload = Upload(actor().name, kind, (file.filename or "")[-80:], file.read(MOST_BYTES), web().now())
    try:
        _open(upload)
    except Faults as error:
        form.file.errors = [fault_words(fault) for fault in error.faults[:_NOTES_SHOWN]]
        return _choose_page(kind, form), 422
    return redirect(url_for("tables.settle", kind=kind, token=uploads.uploads().keep(upload)), 303)


@blueprint.get(_ADDRESS + "/<token>")
@may(Act.IMPORT_TABLES)
def settle(kind: str, token: str) -> Answer:
    """Which column is what, and what would happen."""
    return _answer(kind, token, None, take=False)


@blueprint.post(_ADDRESS + "/<token>")
@may(Act.IMPORT_TABLES)
def bring_in(kind: str, token: str) -> Answer:
    """Checked once more, or taken."""
    return _answer(kind, token, request.form, take=request.form.get("do") == "take")


def _answer(kind: str, token: str, chosen: Mapping[str, str] | None, take: bool) -> Answer:
    upload = uploads.uploads().of(token, actor().name, kind, web().now())
    if upload is None:
        flash(gettext("The uploaded file has expired. Please choose it again."), "info")
        return redirect(url_for("tables.choose", kind=kind))
    try:
        opened = _as_chosen(_open(upload), chosen)
    except Faults as error:
        flash(fault_words(error.faults[0]), "bad")
        return redirect(url_for("tables.choose", kind=kind))
    try:
        would = TARGETS[kind].take(opened, not take)
    except Refused as error:
        return _columns_page(upload, opened, error), 422 if chosen else 200
    if not take:
        return _columns_page(upload, opened, None, would)
    uploads.uploads().forget(token)
    flash(would, "ok")
    return redirect(url_for(TARGETS[kind].back), 303)


def _open(upload: Upload) -> OpenedTable:
    """By the sheet and the line of headings that the address names. Raises Faults."""
    shape = _bounded(TARGETS[upload.kind].shape)
    line = request.args.get("headings", "")
    headings_line = int(line) if re.fullmatch("[0-9]{1,7}", line) else 0
    reading = Reading({}, request.args.get("sheet", "")[:80], headings_line, best_sheet=True)
    try:
        return open_table(upload.content, shape, reading)
    except Faults as error:
        if error.faults[0].problem != TableProblem.HEADINGS:
            raise
        # No heading is known: the person says what the columns of the first row mean, or where the headings stand.
        return open_table(upload.content, shape, replace(reading, headings_line=error.faults[0].line))


def _bounded(shape: Shape) -> Shape:
    return replace(shape, most=min(shape.most, MOST_ROWS))


def _as_chosen(opened: OpenedTable, chosen: Mapping[str, str] | None) -> OpenedTable:
    """With what the person says that each column means."""
    if chosen is None:
        return opened
    known = {*FIELDS, ""}
    fields = (chosen.get(f"column-{place}", "") for place in range(len(opened.fields)))
    return replace(opened, fields=tuple(field if field in known else "" for field in fields))


def _choose_page(kind: str, form: FileForm) -> str:
    target = TARGETS[kind]
    words = [
        (FIELDS[name], sorted(field.words, key=str.isascii), any(group == (name,) for group in target.shape.needs))
        for name, field in target.shape.fields.items()
    ]
    return render_template(
        "table_imports/choose.html",
        kind=kind,
        target=target,
        form=form,
        words=words,
        most_rows=_bounded(target.shape).most,
        megabytes=MOST_BYTES // 1024**2,
    )


def _columns_page(upload: Upload, opened: OpenedTable, error: Refused | None, would: str = "") -> str:
    target = TARGETS[upload.kind]
    faults = error.faults if isinstance(error, Faults) else ()
    told = [fault_words(fault) for fault in faults[:FAULTS_SHOWN]] or ([said(error)] if error else [])
    wrong = {
        place
        for place in range(len(opened.fields))
        for fault in faults
        if not fault.line or fault.line == opened.headings_line
        if opened.column(place) in fault.column.split("、")
    }
    lines = [
        (row.line, " ".join(cell.strip() for cell in row.cells if cell.strip())[:40])
        for row in opened.raw.rows[:_LINES_OFFERED]
    ]
    return render_template(
        "table_imports/columns.html",
        kind=upload.kind,
        target=target,
        upload=upload,
        opened=opened,
        would=would,
        wrong=wrong,
        lines=lines,
        fields={name: FIELDS[name] for name in (*target.shape.fields, LEFT_OUT)},
        letter=letter,
        rows=opened.rows[:ROWS_SHOWN],
        faults=told,
        more_faults=max((error.count if isinstance(error, Faults) else 0) - FAULTS_SHOWN, 0),
        notes=[note_words(note) for note in opened.notes[:_NOTES_SHOWN]],
    )
