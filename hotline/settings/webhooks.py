"""[webhooks]: what other systems are told."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, IPvAnyNetwork

from hotline.settings.base import Section


class WebhookSettings(Section):
    private_networks: tuple[IPvAnyNetwork, ...]
    attempts: Annotated[int, Field(ge=1, le=30)]
    off_after_days: Annotated[int, Field(ge=1, le=30)]
    kept_days: Annotated[int, Field(ge=1, le=365)]
