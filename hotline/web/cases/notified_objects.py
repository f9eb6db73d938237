"""Where a notification of a case, by its id leads."""

from __future__ import annotations

from hotline.web.kit.told.audited import ObjectPage

OBJECTS = {"case": ObjectPage("cases.show", "case_id")}
