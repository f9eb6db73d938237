"""What the audit log says of jobs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={"job.run": _("Job run by hand"), "jobs.view": _("Jobs looked at")},
    objects={"job": ObjectPage("job_runs.show", "name")},
    title=_("Jobs"),
    kinds={"job": _("Job"), "jobs": _("Jobs")},
)
