"""What the audit log says of what callers hear."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "prompt.choose": _("Prompt replaced"),
        "prompt.choose_again": _("Earlier version of a prompt chosen again"),
        "prompt.as_delivered": _("Prompt put back to what was delivered"),
        "prompt.speak_anew": _("Prompt spoken anew by the voice in use"),
        "voice.ask": _("Voices asked for"),
        "voice.install": _("Voices installed"),
        "emergency.announce": _("Emergency announcement begun"),
        "emergency.end": _("Emergency announcement ended"),
    },
    objects={"prompt": ObjectPage("prompts.show", "prompt_id", "[a-z0-9][a-z0-9/_-]{0,80}")},
    title=_("Prompts"),
    kinds={"prompt": _("Prompt"), "voice": _("Voices"), "emergency": _("Emergency announcement")},
)
