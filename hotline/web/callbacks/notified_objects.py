"""Where a notification of a callback leads."""

from __future__ import annotations

from hotline.web.kit.told.audited import ObjectPage

OBJECTS = {"callback": ObjectPage("callbacks.index", "focus")}
