"""The page that links to log forms lead to."""

from __future__ import annotations

from hotline.web.forms.duty_pages import PAGE

LINKED = PAGE
