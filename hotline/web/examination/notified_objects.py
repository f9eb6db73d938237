"""Where a notification of an examination leads."""

from __future__ import annotations

from hotline.web.kit.told.audited import ObjectPage

OBJECTS = {"examination": ObjectPage("examinations.show", "examination_id")}
