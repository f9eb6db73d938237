"""What text messages of cases are given when they are sent."""

from __future__ import annotations

from hotline.services.cases import department_sms, link_sending
from hotline.services.sms.made import MadeParameters

MADE = MadeParameters({**link_sending.MADE.of_kind, **department_sms.MADE.of_kind})
