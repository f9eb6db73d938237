"""The pages that links to ratings lead to."""

from __future__ import annotations

from hotline.web.kit.told.linked import LinkedPages
from hotline.web.satisfaction import link_pages

LINKED = LinkedPages((link_pages.PAGE,))
