"""G3: attachments on the page of a person's request."""

from __future__ import annotations

from flask_babel import gettext

from hotline.web.kit.told.personal_words import PersonalWords

WORDS = (PersonalWords("attachments", lambda n: gettext("%(n)s attachments", n=n)),)
