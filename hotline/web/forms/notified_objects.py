"""Where a notification of a log form leads."""

from __future__ import annotations

from hotline.web.kit.told.audited import ObjectPage

OBJECTS = {"form": ObjectPage("forms.show", "form_id")}
