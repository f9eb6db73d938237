"""G3: visits on the page of a person's request."""

from __future__ import annotations

from flask_babel import gettext

from hotline.web.kit.told.personal_words import PersonalWords

WORDS = (PersonalWords("visits", lambda n: gettext("%(n)s visits", n=n)),)
