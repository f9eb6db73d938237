"""The events of callbacks, as the pages of web hooks name them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.labels import Label

WORDS = {
    "callback.opened": Label(_("A callback is owed"), "info"),
    "callback.taken": Label(_("Somebody has taken a callback"), "info"),
    "callback.closed": Label(_("A callback is over"), "info"),
}
