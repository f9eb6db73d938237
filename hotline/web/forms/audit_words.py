"""What the audit log says of log forms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "duty_link.make": _("Duty link made"),
        "duty_link.open": _("Duty link opened"),
        "duty_link.take_back": _("Duty link revoked"),
        "form.answered": _("Caller answered"),
        "form.correct": _("Finished form corrected"),
        "form.done": _("Form finished"),
        "form.promise_kept": _("Promise kept"),
        "form.view": _("Form looked at"),
        "form.write": _("Form written"),
        "forms.view": _("Log forms looked at"),
    },
    title=_("Log forms"),
    kinds={"form": _("Log form"), "forms": _("Log forms")},
)
