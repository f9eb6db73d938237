"""Where notifications of examinations and corrective actions lead: examiners to the examination, operators to their own
page."""

from __future__ import annotations

from hotline.web.kit.told.audited import ObjectPage

OBJECTS = {
    "examination": ObjectPage("examinations.show", "examination_id"),
    "drawn": ObjectPage("quality.examinations", "draw"),
    "my_result": ObjectPage("my_results.show", "examination_id"),
    "my_order": ObjectPage("my_results.index", "order"),
}
