"""The events of web hooks in words: `WORDS` in hotline/web/<feature>/webhook_words.py, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flask_babel import lazy_gettext as _

from hotline.discovery import gathered, together
from hotline.domain.webhooks.webhook import PING
from hotline.web.kit.labels import Label


@cache
def event_names() -> Mapping[str, Label]:
    """With that of the test."""
    told: list[dict[str, Label]] = gathered("hotline.web", "webhook_words", "WORDS", dict)  # type: ignore[assignment]
    return together([*told, {PING: Label(_("Test"), "muted")}])
