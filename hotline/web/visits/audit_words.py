"""What the audit log says of visits."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "visit.agree": _("Time of a visit agreed"),
        "visit.assign": _("Visit given"),
        "visit.change_way": _("Another way chosen for a visit"),
        "visit.drop": _("Visit dropped"),
        "visit.end": _("Visit ended without an answer"),
        "visit.number": _("Visit's number shown"),
        "visit.open_case": _("Case opened from a visit"),
        "visit.plan": _("Visit planned"),
        "visit.record": _("Visit recorded"),
        "visit.take": _("Visit taken"),
        "visit.try": _("Visit tried"),
        "visit.view": _("Visit looked at"),
        "visits.export": _("Visits exported"),
        "visits.view": _("Visits looked at"),
    },
    objects={"visit": ObjectPage("visits.show", "visit_id")},
    title=_("Return visits"),
    kinds={"visit": _("Visit"), "visits": _("Return visits")},
)
