"""G3: messages for people of the directory on the page of a person's request."""

from __future__ import annotations

from flask_babel import gettext

from hotline.web.kit.told.personal_words import PersonalWords

WORDS = (PersonalWords("messages", lambda n: gettext("%(n)s messages", n=n)),)
