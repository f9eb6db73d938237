"""What voices, who speaks with them and their languages are called."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

VOICE_NAMES: dict[str, LazyString] = {
    "espeak-ng": _("Machine's voice (espeak-ng)"),
    "kokoro-xiaoxiao": _("Xiaoxiao"),
    "kokoro-xiaobei": _("Xiaobei"),
    "kokoro-xiaoni": _("Xiaoni"),
    "kokoro-xiaoyi": _("Xiaoyi"),
    "kokoro-yunxi": _("Yunxi"),
    "kokoro-yunjian": _("Yunjian"),
    "kokoro-yunxia": _("Yunxia"),
    "kokoro-yunyang": _("Yunyang"),
}
SPEAKERS = {"woman": _("Woman"), "man": _("Man"), "machine": _("Machine")}
LANGUAGES = {"zh": _("Chinese"), "en": _("English")}


def voice_name(name: str) -> str:
    return str(VOICE_NAMES.get(name, name))
