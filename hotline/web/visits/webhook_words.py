"""The events of visits, as the pages of web hooks name them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.labels import Label

WORDS = {
    "visit.planned": Label(_("A return visit is planned"), "info"),
    "visit.closed": Label(_("A return visit is over"), "info"),
}
