"""What links raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

LINKS = AlertKind("links")  # a link was wanted, and none can be made: web.public_url is not set; ""
