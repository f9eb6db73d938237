"""Where a notification of a visit leads."""

from __future__ import annotations

from hotline.web.kit.told.audited import ObjectPage

OBJECTS = {"visit": ObjectPage("visits.show", "visit_id")}
