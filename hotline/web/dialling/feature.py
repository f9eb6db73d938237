"""What dials add to the application."""

from __future__ import annotations

from hotline.web.dialling import api
from hotline.web.dialling.labels import DIAL_OUTCOMES
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(apis=(api.register,), labels={"dial_outcome": DIAL_OUTCOMES}, pop_parts={"js/dialling/pop.js": 40})
