"""The words of table imports: fields, faults and notes."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.domain.reasons import because
from hotline.services.tables.faults import Fault, Note, TableProblem, placed
from hotline.services.tables.shape import LEFT_OUT
from hotline.web.kit.said import said

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
    "level": _("Level"),
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
    "lines": _("Lines"),
    "project": _("Project name"),
    "customer": _("Customer"),
    "delivered_on": _("Delivered on"),
    "contact": _("Contact person"),
    "ends_on": _("Looked after until"),
    "manager": _("Project manager"),
    "inspected_every": _("Inspected every so many months"),
    "surveyed_every": _("Surveyed on site every so many months"),
    "extension": _("Extension"),
    "training": _("Training"),
    "points": _("Points"),
    "passed": _("Passed"),
    "shift_kind": _("Kind of shift"),
    "queues": _("Queues"),
    "levels": _("Levels in the queues"),
    "username": _("User name"),
    "roles": _("Roles"),
    "phone_kind": _("Phone"),
    "teams": _("Teams"),
    "mobile": _("Mobile"),
    "last_day": _("Last day"),
    LEFT_OUT: _("– leave out –"),
}


def fault_words(fault: Fault) -> str:
    """What is said of it in the reader's language, with its place."""
    if fault.problem != TableProblem.MISSING:
        return said(fault.reason)
    return said(placed(because("tables.missing", got=_names(fault.got)), fault.line, fault.column))


def note_words(note: Note) -> str:
    return said(note.reason)


def _names(got: str) -> str:
    """Fields by their names: in each group one is enough."""
    groups = (group.split(" or ") for group in got.split(", "))
    return "、".join(" / ".join(str(FIELDS[name]) for name in group) for group in groups)
