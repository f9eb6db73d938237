"""G3: ratings on the page of a person's request."""

from __future__ import annotations

from flask_babel import gettext

from hotline.web.kit.told.personal_words import PersonalWords

WORDS = (
    PersonalWords("ratings", lambda n: gettext("%(n)s ratings of calls", n=n)),
    PersonalWords("questionnaires", lambda n: gettext("%(n)s answered questionnaires", n=n)),
)
