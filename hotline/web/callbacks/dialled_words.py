"""Where a callback that is dialled for is to be seen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.callbacks.labels import CALLBACK_REASONS
from hotline.web.kit.told.dialled import DialledWords

_REASONS = {reason.value: shown.text for reason, shown in CALLBACK_REASONS.items()}
DIALLED = {"callback": DialledWords(_("The callback"), "callbacks.index", "focus", _REASONS)}
