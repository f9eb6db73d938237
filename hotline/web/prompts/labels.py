"""The words for what prompts name by codes: where a sound comes from, and when a prompt is heard."""

from __future__ import annotations

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from hotline.domain.prompts.version import SoundOrigin
from hotline.web.kit.labels import Label
from hotline.web.kit.shown import line_name

ORIGINS = {
    SoundOrigin.UPLOADED: Label(_("Uploaded"), "ok"),
    SoundOrigin.RECORDED: Label(_("Recorded in the browser"), "ok"),
    SoundOrigin.SPOKEN: Label(_("Spoken by the machine"), "info"),
    SoundOrigin.DELIVERED: Label(_("As delivered"), "muted"),
}

#: Where a sound comes from that nobody chose on these pages.
SOURCES = {
    "site": Label(_("File of the site"), "ok"),
    "tree": Label(_("Delivered recording"), "ok"),
    "voice": Label(_("Spoken by a natural voice"), "muted"),
    "espeak": Label(_("Spoken by the machine"), "muted"),
    "synthesis": Label(_("Tone"), "muted"),
}

#: When what is played on every instance is heard.
WHEN: dict[str, LazyString] = {
    "greeting": _("First thing in working hours"),
    "greeting-closed": _("Outside working hours, when somebody is on duty"),
    "greeting-closed-message": _("Outside working hours, when nobody is on duty"),
    "key-invalid": _("After a key that the menu does not have"),
    "key-missing": _("When no key was pressed"),
    "to-operator": _("Before the queue"),
    "queue-callback-offer": _("While waiting in the queue"),
    "callback-confirmed": _("After key 1 in the queue"),
    "callback-noted": _("When no message can be recorded"),
    "voicemail-prompt": _("Before a message is recorded"),
    "voicemail-saved": _("After a message was recorded"),
    "duty-wait": _("Before the duty mobile is rung"),
    "duty-confirm": _("On the duty mobile, when it is picked up"),
    "dialled-notice": _("When a customer picks up whom we called"),
    "blocked": _("To a blocked caller"),
    "outbound-refused": _("On our phones, when they dial out over the 400 line (A3)"),
    "transfer-failed": _("When nobody took a transferred call"),
    "operator-lost": _("When the operator's phone was lost"),
    "hold-working": _("On hold, again and again (A13)"),
    "rating-ask": _("After the talk, where the line asks how it was"),
    "rating-thanks": _("After a rating"),
    "goodbye": _("At the end"),
    "signed-in": _("On our phones, after signing in"),
    "signed-out": _("On our phones, after signing out"),
    "beep": _("Before a message is recorded"),
}


def when_heard(prompt_id: str, places: tuple[str, ...]) -> list[str]:
    """In words, from who plays it (settings' keys, the dialplan, Asterisk)."""
    found = [str(WHEN[prompt_id])] if prompt_id in WHEN else []
    for place in places:
        parts = place.split(".")
        if parts[0] == "lines":
            found.append(gettext("Greeting of the line %(line)s", line=line_name(parts[1])))
        elif parts[0] == "menus" and parts[2:] == ["prompt"]:
            found.append(gettext("Menu %(menu)s", menu=parts[1]))
        elif parts[0] == "menus":
            found.append(gettext("Menu %(menu)s, after key %(key)s", menu=parts[1], key=parts[3]))
        elif place == "Asterisk":
            found.append(gettext("Asterisk's own words: place in the queue, waiting time, numbers"))
    return found or [gettext("By nobody at present")]


def lines_of(line: str) -> str:
    return line_name(line) if line else gettext("All lines")
