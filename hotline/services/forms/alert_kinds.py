"""What log forms raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

DUTY_FORMS = AlertKind("duty_forms")  # B2: log forms taken on the duty mobile are overdue; ""
ANSWERS = AlertKind("answers")  # B5: callers wait for their answer; ""
PROMISES = AlertKind("promises")  # B6: promises to callers are overdue; ""
