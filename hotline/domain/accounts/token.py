"""A bearer token of the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.people import Role


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A bearer token of the API, without the secret itself; `revoked_at` None: it is valid, until `expires_at`."""

    name: str
    roles: tuple[Role, ...]
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    expires_at: datetime | None = None

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and now >= self.expires_at
