"""Where a visit that is dialled for is to be seen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.dialled import DialledWords

DIALLED = {"visit": DialledWords(_("The return visit"), "visits.show", "visit_id")}
