"""What the screens say of alerts of log forms and promises."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.forms.alert_kinds import ANSWERS, DUTY_FORMS, PROMISES
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    DUTY_FORMS: AlertWords(
        Label(_("Log forms of the duty mobile are overdue (B2)"), "bad"),
        _("Fill in the overdue log forms, or make a link for whoever took the call."),
        page="forms.index",
        arguments={"state": "overdue"},
    ),
    ANSWERS: AlertWords(
        Label(_("Answers to callers are overdue (B5)"), "bad"),
        _("Call these callers, then note that they were answered."),
        page="forms.index",
        arguments={"state": "unanswered"},
    ),
    PROMISES: AlertWords(
        Label(_("Promises to callers are overdue (B6)"), "bad"),
        _("Call these callers, then note that the promise was kept."),
        page="forms.index",
        arguments={"state": "promised"},
    ),
}
