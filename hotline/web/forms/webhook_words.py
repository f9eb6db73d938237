"""The events of log forms, as the pages of web hooks name them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.labels import Label

WORDS = {
    "record.opened": Label(_("A log form was opened"), "info"),
    "record.done": Label(_("A log form was completed"), "info"),
}
