"""Importing tables by a page: upload, choose the columns, check, then take all rows or none.

One page for customers, the directory (A6), the duty roster (A2), the shift plan (F6), projects (E8), results of
trainings (F11) and our own people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.errors import Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.services import xlsx_table
from hotline.services.access import require_right
from hotline.services.tables.faults import Faults, TableProblem
from hotline.services.tables.raw import letter
from hotline.services.tables.shape import LEFT_OUT, Shape
from hotline.services.tables.table import OpenedTable, Reading, open_table
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.i18n import language
from hotline.web.kit.said import said
from hotline.web.table_imports import uploads
from hotline.web.table_imports.targets import TableTarget, Taken, targets
from hotline.web.table_imports.uploads import MOST_BYTES, Upload
from hotline.web.table_imports.words import FIELDS, fault_words, note_words

blueprint = Blueprint("tables", __name__)

#: More rows would keep a page waiting for minutes; the command takes them.
MOST_ROWS = 20_000
ROWS_SHOWN = 5
CHANGES_SHOWN = 200
FAULTS_SHOWN = 30
_NOTES_SHOWN = 10
_LINES_OFFERED = 10
#: The other parts of the form: the token, which column is what.
AROUND_THE_FILE = 64 * 1024

Answer = AnyResponse | str | tuple[str, int]

_ADDRESS = "/<any(customers, directory, people, projects, roster, shifts, trainings):kind>/import"


class FileForm(FlaskForm):
    file = FileField(_("Table (xlsx or CSV)"), [FileRequired(_("Please choose a file."))])


@blueprint.get(_ADDRESS)
@may(Act.IMPORT_TABLES)
def choose(kind: str) -> str:
    _target(kind)
    return _choose_page(kind, FileForm(formdata=None))


@blueprint.get(_ADDRESS + "/template.xlsx")
@may(Act.IMPORT_TABLES)
def template(kind: str) -> Response:
    """A table to fill: its headings, and on a second sheet what cells choose from."""
    target = _target(kind)
    values, headings = target.values(), target.shape.headings(language() != "en")
    sheets: list[xlsx_table.Sheet] = [(str(target.title), headings, [])]
    if values:
        named = dict(zip(target.shape.fields, headings, strict=True))
        rows = [(named[name], "、".join(words)) for name, words in values.items()]
        sheets.append((gettext("What cells may say"), (gettext("Column"), gettext("One of these")), rows))
    return xlsx_file(xlsx_table.write(*sheets), f"{kind}.xlsx")


@blueprint.post(_ADDRESS)
@may(Act.IMPORT_TABLES)
def send(kind: str) -> AnyResponse | tuple[str, int]:
    """The file is opened once, so that what is no table is told here, and then kept for a while."""
    _target(kind)
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


def _target(kind: str) -> TableTarget:
    """Raises Forbidden for who may bring in tables, but not this one."""
    target = targets()[kind]
    require_right(target.act, actor())
    return target


def _answer(kind: str, token: str, chosen: Mapping[str, str] | None, take: bool) -> Answer:
    target = _target(kind)
    upload = uploads.uploads().of(token, actor().name, kind, web().now())
    if upload is None:
        flash(gettext("The uploaded file has expired. Please choose it again."), "info")
        return redirect(url_for("tables.choose", kind=kind))
    try:
        opened = _as_chosen(_open(upload), chosen)
    except Faults as error:
        flash(fault_words(error.faults[0]), "bad")
        return redirect(url_for("tables.choose", kind=kind))
    seen = chosen.get("seen", "")[:64] if chosen else ""
    try:
        taken = target.take(opened, not take, seen)
    except Outdated as error:
        flash(said(error), "bad")
        shown = _answer(kind, token, chosen, take=False)
        return (shown, 409) if isinstance(shown, str) else shown
    except Refused as error:
        return _columns_page(upload, opened, error), 422 if chosen else 200
    if not take:
        return _columns_page(upload, opened, None, taken)
    uploads.uploads().forget(token)
    if taken.page:
        return taken.page
    flash(taken.words, "ok")
    return redirect(url_for(target.back), 303)


def _open(upload: Upload) -> OpenedTable:
    """By the sheet and the line of headings that the address names. Raises Faults."""
    shape = _bounded(targets()[upload.kind].shape)
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
    target = targets()[kind]
    words = [
        (
            name,
            FIELDS[name],
            sorted(field.words, key=str.isascii),
            any(group == (name,) for group in target.shape.needs),
        )
        for name, field in target.shape.fields.items()
    ]
    return render_template(
        "table_imports/choose.html",
        kind=kind,
        target=target,
        form=form,
        words=words,
        values=target.values(),
        most_rows=_bounded(target.shape).most,
        megabytes=MOST_BYTES // 1024**2,
    )


def _columns_page(upload: Upload, opened: OpenedTable, error: Refused | None, would: Taken | None = None) -> str:
    target = targets()[upload.kind]
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
        changes=would.changes[:CHANGES_SHOWN] if would else (),
        wrong=wrong,
        lines=lines,
        fields={name: FIELDS[name] for name in (*target.shape.fields, LEFT_OUT)},
        letter=letter,
        rows=opened.rows[:ROWS_SHOWN],
        faults=told,
        more_faults=max((error.count if isinstance(error, Faults) else 0) - FAULTS_SHOWN, 0),
        notes=[note_words(note) for note in opened.notes[:_NOTES_SHOWN]],
    )
