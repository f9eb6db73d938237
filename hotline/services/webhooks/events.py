"""All events that web hooks can be told of, gathered from the features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from hotline.discovery import gathered, together
from hotline.services.webhook_event import WebhookEvents


@cache
def told_by_features() -> Sequence[WebhookEvents]:
    return gathered("hotline.services", "webhook_events", "EVENTS", WebhookEvents)


@cache
def by_kind() -> Mapping[str, WebhookEvents]:
    """Raises ValueError when two features tell of the same kind."""
    return together(dict.fromkeys(each.kinds, each) for each in told_by_features())


@cache
def by_topic() -> Mapping[str, WebhookEvents]:
    return together({each.topic: each} for each in told_by_features())
