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
        "callback.owed_again": _("Callback owed again: who was dialled was not them"),
        "callback.talked": _("Callback settled: talked with on another call of ours"),
        "callbacks.view": _("Callbacks looked at"),
        "owed.figures": _("Figures of what we owe looked at"),
        "owed.rows": _("What a figure of what we owe counts looked at"),
    },
    title=_("Callbacks"),
    kinds={"callback": _("Callback"), "callbacks": _("Callbacks")},
)
