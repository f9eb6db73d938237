"""The pages that links to cases lead to."""

from __future__ import annotations

from hotline.web.cases import customer_pages, department_pages, word_pages
from hotline.web.kit.told.linked import LinkedPages

LINKED = LinkedPages((customer_pages.PAGE, department_pages.PAGE, word_pages.PAGE))
