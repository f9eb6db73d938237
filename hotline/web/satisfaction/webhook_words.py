"""The events of ratings, as the pages of web hooks name them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.labels import Label

WORDS = {
    "rating.offered": Label(_("A caller is asked how the call was"), "info"),
    "rating.answered": Label(_("A caller has said how the call was"), "info"),
}
