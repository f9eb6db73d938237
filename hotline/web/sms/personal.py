"""G3: text messages on the page of a person's request."""

from __future__ import annotations

from flask_babel import gettext

from hotline.web.kit.told.personal_words import PersonalWords

WORDS = (PersonalWords("text_messages", lambda n: gettext("%(n)s text messages", n=n)),)
