"""What is said of Asterisk after something was decided that it must know."""

from __future__ import annotations

from flask_babel import gettext

from hotline.services.pbx_files import COMMANDS, FILES, Applied
from hotline.web.kit.said import said


def with_asterisk(done: str, applied: Applied) -> str:
    """What was done, and what there is to say of Asterisk."""
    return " ".join(filter(None, (done, applied_words(applied))))


def applied_words(applied: Applied) -> str:
    """ "" when there is nothing to say: Asterisk has been told."""
    if applied.waits is not None:
        return gettext(
            "It is kept, but Asterisk could not be told: %(why)s It will be told as soon as it answers, and reads it "
            "at its next start.",
            why=said(applied.waits),
        )
    if not applied.by_hand or not applied.parts:
        return ""
    parts = sorted(applied.parts)
    return gettext(
        "This site runs its own Asterisk: copy %(files)s from %(folder)s to it and say there: %(commands)s",
        files=", ".join(FILES[part] for part in parts),
        folder=applied.folder,
        commands="; ".join(COMMANDS[part] for part in parts),
    )
