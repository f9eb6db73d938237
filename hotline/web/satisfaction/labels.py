"""What answers and ways are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.labels import Label

#: By the key pressed.
ANSWERS = {
    "5": Label(_("5 – very satisfied"), "ok"),
    "4": Label(_("4 – satisfied"), "ok"),
    "3": Label(_("3 – so-so"), "info"),
    "2": Label(_("2 – dissatisfied"), "warn"),
    "1": Label(_("1 – very dissatisfied"), "bad"),
}

WAYS = {
    "key": Label(_("By a key at the end of the call"), "muted"),
    "sms": Label(_("By a link in a text message"), "muted"),
}
