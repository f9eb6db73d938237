"""Bearer tokens of the API, known by their SHA-256 alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from hotline.domain.accounts.token import ApiToken
from hotline.domain.people import Role
from hotline.storage.accounts.tables import api_token
from hotline.storage.transaction import TableStore


def _token(row: Row[Any]) -> ApiToken:
    roles = tuple(Role(role) for role in row.roles)
    return ApiToken(row.name, roles, row.created_at, row.last_used_at, row.revoked_at, row.expires_at)


class TokenStore(TableStore):
    def add(self, token_sha256: str, token: ApiToken) -> None:
        self._connection.execute(
            insert(api_token).values(
                name=token.name,
                token_sha256=token_sha256,
                created_at=token.created_at,
                roles=[role.value for role in token.roles],
                expires_at=token.expires_at,
            )
        )

    def find(self, token_sha256: str) -> ApiToken | None:
        """The token, if it is valid."""
        row = self._connection.execute(
            select(api_token).where(api_token.c.token_sha256 == token_sha256, api_token.c.revoked_at.is_(None))
        ).first()
        return _token(row) if row else None

    def use(self, token_sha256: str, now: datetime) -> ApiToken | None:
        """The token, if it is valid; notes the use."""
        row = self._connection.execute(
            update(api_token)
            .where(api_token.c.token_sha256 == token_sha256, api_token.c.revoked_at.is_(None))
            .values(last_used_at=now)
            .returning(api_token)
        ).first()
        return _token(row) if row else None

    def revoke(self, name: str, now: datetime) -> bool:
        """False if no valid token has this name."""
        return (
            self._connection.execute(
                update(api_token)
                .where(api_token.c.name == name, api_token.c.revoked_at.is_(None))
                .values(revoked_at=now)
            ).rowcount
            > 0
        )

    def names(self) -> list[str]:
        """Of the valid ones."""
        return [token.name for token in self.all() if token.revoked_at is None]

    def all(self) -> list[ApiToken]:
        """By name, revoked ones too."""
        rows = self._connection.execute(select(api_token).order_by(api_token.c.name, api_token.c.id))
        return [_token(row) for row in rows]
