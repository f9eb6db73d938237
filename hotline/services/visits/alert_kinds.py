"""What visits raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

VISITS = AlertKind("visits")  # E7: visits are overdue; ""
VISITS_NOBODY = AlertKind("visits_nobody")  # E5: nobody is left who may make it; the visit's id
