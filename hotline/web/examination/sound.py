"""What the player of an examined call is given."""

from __future__ import annotations

from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from hotline.services.examination.sheet import SoundView
from hotline.services.examination.view import ExaminationView
from hotline.services.said import saying
from hotline.web.examination.words import examination_words
from hotline.web.kit.headers import style_nonce
from hotline.web.kit.said import said


def for_player(shown: ExaminationView) -> dict[str, object]:
    """What each page with a player needs beside the sound itself."""
    return {
        "csrf_token": generate_csrf(),
        "nonce": style_nonce(),
        "names": {"caller": gettext("Caller"), "ours": ours(shown)},
        "words": examination_words(calibration=shown.calibration_id is not None),
    }


def sound_of(shown: ExaminationView, sound: SoundView) -> dict[str, object]:
    """As the call's page has it (js/examination/call.js)."""
    told = sound.model_dump(mode="json", context=saying(said))
    return {**for_player(shown), "call_id": shown.call_id, "sound": told}


def ours(shown: ExaminationView) -> str:
    return shown.operator_name or shown.extension
