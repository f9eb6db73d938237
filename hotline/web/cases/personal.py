"""G3: cases and requests to block on the page of a person's request."""

from __future__ import annotations

from flask_babel import gettext

from hotline.web.kit.told.personal_words import PersonalWords

WORDS = (
    PersonalWords("cases", lambda n: gettext("%(n)s cases", n=n)),
    PersonalWords("block_requests", lambda n: gettext("%(n)s block requests", n=n)),
)
