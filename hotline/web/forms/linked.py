"""The page that links to log forms lead to."""

from __future__ import annotations

from hotline.web.forms.duty_pages import PAGE
from hotline.web.kit.told.linked import LinkedPages

LINKED = LinkedPages((PAGE,))
