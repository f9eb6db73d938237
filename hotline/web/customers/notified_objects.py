"""Where a notification of a customer leads."""

from __future__ import annotations

from hotline.web.kit.told.audited import ObjectPage

OBJECTS = {"customer": ObjectPage("customers.show", "customer_id")}
