"""What the audit log says of the calls that we owe."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "callback.called_again": _("Callback settled: they called again"),
        "callback.close": _("Callback closed"),
        "callback.hand_back": _("Callback handed back"),
        "callback.hear": _("Callback's message heard"),
        "callback.number": _("Callback's number shown"),
        "callback.open": _("Callback opened"),
        "callback.take": _("Callback taken"),
        "callback.try": _("Callback tried"),
        "callbacks.view": _("Callbacks looked at"),
    },
    title=_("Callbacks"),
    kinds={"callback": _("Callback"), "callbacks": _("Callbacks")},
)
