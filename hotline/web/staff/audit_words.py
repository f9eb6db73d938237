"""What the audit log says of our own people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "absence.add": _("Absence entered"),
        "absence.end": _("Absence ended"),
        "extension.change": _("Extension passed on"),
        "extension.correct": _("Time of an extension corrected"),
        "member.add": _("Member added"),
        "member.end": _("Membership ended"),
        "people.view": _("Our people looked at"),
        "person.add": _("Person added"),
        "person.change": _("Person changed"),
        "person.view": _("Person looked at"),
        "unit.add": _("Team or department added"),
        "unit.change": _("Team or department changed"),
        "unit.view": _("Team or department looked at"),
    },
    objects={"person": ObjectPage("staff.show", "person_id"), "unit": ObjectPage("units.show", "unit_id")},
    title=_("Our people"),
    kinds={"person": _("Person"), "people": _("Our people"), "unit": _("Unit")},
)
