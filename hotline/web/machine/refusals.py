"""What is said of this machine's models."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "machine.model_file": _("An archive of a model was expected: %(kinds)s."),
    "machine.model_hash": _("The SHA-256 of the archive was expected: 64 digits and letters a to f."),
    "machine.model_used": _("%(name)s is in use: choose another model first."),
    "machine.no_model": _("There is no whole model %(name)s on this machine."),
    "machine.models_busy": _("Another model is being installed or removed: please wait."),
    "machine.outbox_trimmed": _("Entries removed that no browser needs any more: %(n)s"),
}
