"""Where a case that is dialled for is to be seen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.dialled import DialledWords

DIALLED = {"case": DialledWords(_("The case"), "cases.show", "case_id")}
