"""[settings]: how settings themselves are changed."""

from __future__ import annotations

from hotline.settings.base import Section


class ChangeSettings(Section):
    two_people: bool
