"""The events of cases, as the pages of web hooks name them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.labels import Label

WORDS = {
    "case.opened": Label(_("A case was opened"), "info"),
    "case.changed": Label(_("Something was done to a case"), "info"),
}
