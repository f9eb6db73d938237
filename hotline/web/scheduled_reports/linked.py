"""The pages that links to reports lead to."""

from __future__ import annotations

from hotline.web.kit.told.linked import LinkedPages
from hotline.web.scheduled_reports import link_pages

LINKED = LinkedPages((link_pages.PAGE,))
