"""The pages that links to visits lead to."""

from __future__ import annotations

from hotline.web.kit.told.linked import LinkedPages
from hotline.web.visit_links import answer_pages

LINKED = LinkedPages((answer_pages.PAGE,))
