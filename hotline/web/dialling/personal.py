"""G3: dials and approvals on the page of a person's request."""

from __future__ import annotations

from flask_babel import gettext

from hotline.web.kit.told.personal_words import PersonalWords

WORDS = (
    PersonalWords("dials", lambda n: gettext("%(n)s times we called them", n=n)),
    PersonalWords("dial_approvals", lambda n: gettext("%(n)s approvals to call them", n=n)),
)
