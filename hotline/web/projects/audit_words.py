"""What the audit log says of projects."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "project.create": _("Project entered"),
        "project.change": _("Project changed"),
        "project.view": _("Project looked at"),
        "project.record": _("Record of an inspection or survey written"),
        "project.give_task": _("Inspection or survey given to somebody"),
        "project_task.view": _("Inspection or survey looked at"),
        "project_tasks.view": _("Inspections and surveys looked at"),
        "projects.search": _("Projects searched"),
        "projects.import": _("Projects imported"),
        "projects.export": _("Projects exported"),
    },
    objects={"project": ObjectPage("projects.show", "project_id")},
    title=_("Projects"),
    kinds={"project": _("Project"), "projects": _("Projects"), "project_round": _("Inspection or survey")},
)
