"""G3: where log forms are put right, on the page of a person's request."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from hotline.domain.retention.privacy import KeptCall
from hotline.domain.time import minute_text
from hotline.web.kit.told.personal_words import Corrected, PersonalWords


def _corrected(call: KeptCall) -> Corrected:
    words = gettext("Correct the log form of %(moment)s", moment=minute_text(call.call.started_at))
    return Corrected(url_for("forms.show", form_id=call.form.id if call.form else 0), words)


WORDS = (PersonalWords("records", corrected=_corrected),)
