"""What cases raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

CASES_NOBODY = AlertKind("cases_nobody")  # D7: nobody is there to whom a case that is over could go up; ""
