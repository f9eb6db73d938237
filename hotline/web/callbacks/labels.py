"""Why a callback is owed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.callbacks.owed import CallbackReason
from hotline.web.kit.labels import Label

CALLBACK_REASONS = {
    CallbackReason.REQUESTED: Label(_("Asked for it"), "info"),
    CallbackReason.ABANDONED: Label(_("Left while waiting"), "warn"),
    CallbackReason.MISSED: Label(_("Nobody answered"), "bad"),
    CallbackReason.VOICEMAIL: Label(_("Left a message"), "info"),
    CallbackReason.BROKE_OFF: Label(_("The talk broke off"), "bad"),
    CallbackReason.PROMISED: Label(_("Promised by us"), "warn"),
    CallbackReason.LONG_CALL: Label(_("Goes on after a long call"), "info"),
    CallbackReason.ONE_WAY: Label(_("One side was not heard"), "bad"),
}
