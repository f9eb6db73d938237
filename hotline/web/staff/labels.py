"""Words for the codes of our own people's data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.labels import Label

WAYS = {"mail": Label(_("by mail"), "info"), "sms": Label(_("by SMS"), "info")}
