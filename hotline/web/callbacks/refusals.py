"""What is said of callbacks."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {"callbacks.overdue": _("%(count)s callbacks open, the earliest due %(earliest_at)s")}
