"""The events of calls, as the pages of web hooks name them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.labels import Label

WORDS = {
    "call.started": Label(_("A call came in or was dialled"), "info"),
    "call.answered": Label(_("A call was answered"), "info"),
    "call.ended": Label(_("A call has ended"), "info"),
}
