"""Call details that somebody has to look at (F12)."""

from __future__ import annotations

from hotline.services.scheduled_reports.confirming import unconfirmed
from hotline.services.waiting import Waiting

WAITING = Waiting({"call_details": unconfirmed})
