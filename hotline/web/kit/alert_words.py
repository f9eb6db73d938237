"""What the screens say of alerts that belong to no one feature."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.alerts import JOB, NOTICE
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    JOB: AlertWords(
        Label(_("A scheduled job fails"), "bad"),
        _("See why on the page of the jobs; var/log/jobs.log on the server says more. It is tried again by itself."),
        page="job_runs.index",
    ),
    NOTICE: AlertWords(
        Label(_("A message could not be sent"), "warn"),
        _("Look at the gateway's address and at the reason. What concerns log forms is tried again every minute."),
    ),
}
