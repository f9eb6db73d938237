"""Where notifications of breaches lead: to the register."""

from __future__ import annotations

from hotline.web.kit.told.audited import ObjectPage

OBJECTS = {"breach": ObjectPage("breaches.index", "breach")}
