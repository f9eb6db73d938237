"""What a person is told, in English."""

from __future__ import annotations

from hotline.domain.reasons import Reason
from hotline.web.kit.refusals.registry import say


def english(reason: Reason | None) -> str:
    """ "" for none."""
    return say(reason, str) if reason else ""
