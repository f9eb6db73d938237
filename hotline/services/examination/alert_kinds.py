"""What examination raises alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

CORRECTIVE_ACTIONS = AlertKind("rectifications")  # E6: orders to mend something are overdue; ""
