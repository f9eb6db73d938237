"""What is said when a definition cannot be so."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "definitions.before_the_last": _("A moment after %(at)s was expected, when the version before comes into force.")
}
