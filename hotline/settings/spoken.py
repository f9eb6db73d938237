"""[spoken]: who speaks the prompts that nobody has recorded."""

from __future__ import annotations

from hotline.settings.base import Identifier, Section


class SpokenSettings(Section):
    """`voice`: whose name `hotline voice list` knows. One that this machine lacks leaves espeak-ng to speak, with an
    alert: calls need their prompts."""

    voice: Identifier
