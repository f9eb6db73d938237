"""Accounts, sessions, tokens and the audit log, as the API takes and gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.accounts.audit import AuditEntry
from hotline.domain.accounts.browsers import browser_words
from hotline.domain.accounts.session import UserSession
from hotline.domain.accounts.token import ApiToken
from hotline.domain.accounts.user import User
from hotline.domain.people import Role
from hotline.domain.rights.given import PROGRAM
from hotline.services.accounts.account_rules import MAX_NAME
from hotline.services.accounts.sessions import MAX_REASON
from hotline.services.accounts.users import mark
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT, Moment

_LINE = r"^[^\x00-\x1f\x7f]*$"
Username = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$", description="what they sign in with")]
TokenName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="names the program")]
Roles = Annotated[list[Role], Field(min_length=1, max_length=4, description="F5: not both operator and examiner")]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UsernamePath(BaseModel):
    username: Username


class SessionPath(BaseModel):
    session_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of the session")


class TokenPath(BaseModel):
    name: TokenName


class _AccountFields(_Input):
    display_name: str = Field("", max_length=MAX_NAME, pattern=_LINE, description="as others see it")
    roles: Roles
    extension: str | None = Field(None, pattern=r"^[1-9][0-9]{2,5}$", description="an operator of the settings")
    expires_at: Moment | None = Field(
        None, description="from then on they are let in no more; auditors must have one. Without a zone: Asia/Shanghai"
    )


class NewAccount(_AccountFields):
    username: Username


class AccountChange(_AccountFields):
    mark: str = Field(
        max_length=64, description="`mark` of the account as it was read; another one has changed it: 409"
    )


class EndReason(_Input):
    reason: str = Field(min_length=1, max_length=MAX_REASON, pattern=_LINE, description="goes into the audit log")


class NewToken(_Input):
    name: TokenName
    roles: Roles = list(PROGRAM)
    expires_at: Moment | None = Field(
        None, description="from then on it opens nothing; an auditor's must have one. Without a zone: Asia/Shanghai"
    )


class AuditQuery(_Input):
    """All given conditions hold together."""

    who: str = Field("", max_length=128, pattern=_LINE, description="user name, token:<name> or cli:<name>")
    action: str = Field("", max_length=32, pattern=_LINE, description='"user" finds every user.… too')
    object: str = Field("", max_length=128, pattern=_LINE, description='"call" finds every call:… too')
    since: Moment | None = Field(None, description="at this time or later; without a zone: Asia/Shanghai")
    until: Moment | None = Field(None, description="before this time")
    before: int | None = Field(None, ge=1, le=MAX_INTEGER, description="`next_before` of the page before")
    limit: int = Field(100, ge=1, le=MAX_LIMIT)


class AccountView(BaseModel):
    username: str
    display_name: str
    roles: list[Role]
    extension: str | None
    active: bool
    must_change_password: bool = Field(description="a first password that is still to be changed")
    created_at: datetime
    expires_at: datetime | None = Field(description="from then on they are let in no more")
    mark: str = Field(description="say it along when changing the account")


class AccountList(BaseModel):
    """By user name, the deactivated too."""

    accounts: list[AccountView]


class FirstPassword(BaseModel):
    """Told only now; it must be changed at the first sign-in."""

    username: str
    password: str


class SessionView(BaseModel):
    id: int
    username: str
    created_at: datetime
    seen_at: datetime = Field(description="kept to the minute")
    address: str
    browser: str = Field(description='in words: "Chrome 131 · Windows"')


class SessionList(BaseModel):
    """Last seen first."""

    sessions: list[SessionView]


class Ended(BaseModel):
    ended: int = Field(description="how many sessions there were")


class TokenView(BaseModel):
    name: str
    roles: list[Role]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    expires_at: datetime | None = Field(description="from then on it opens nothing")


class TokenList(BaseModel):
    tokens: list[TokenView]


class MadeToken(BaseModel):
    """Told only now; only its SHA-256 is stored."""

    name: str
    token: str


class AuditView(BaseModel):
    id: int
    at: datetime
    who: str
    action: str
    object: str
    detail: str
    hash: str = Field(description='SHA-256 of the entry and of the hash before it; "" from before the chain')


class AuditList(BaseModel):
    """Newest first."""

    entries: list[AuditView]
    next_before: int | None = Field(description="`before` of the next page; null on the last one")


def account_view(user: User) -> AccountView:
    return AccountView(
        username=user.username,
        display_name=user.display_name,
        roles=list(user.roles),
        extension=user.extension,
        active=user.active,
        must_change_password=user.must_change_password,
        created_at=user.created_at,
        expires_at=user.expires_at,
        mark=mark(user),
    )


def session_view(session: UserSession, username: str) -> SessionView:
    assert session.id is not None
    return SessionView(
        id=session.id,
        username=username,
        created_at=session.created_at,
        seen_at=session.seen_at,
        address=session.address,
        browser=browser_words(session.agent),
    )


def token_view(token: ApiToken) -> TokenView:
    return TokenView(
        name=token.name,
        roles=list(token.roles),
        created_at=token.created_at,
        last_used_at=token.last_used_at,
        revoked_at=token.revoked_at,
        expires_at=token.expires_at,
    )


def audit_view(entry: AuditEntry) -> AuditView:
    assert entry.id is not None
    return AuditView(
        id=entry.id,
        at=entry.at,
        who=entry.who,
        action=entry.action,
        object=entry.object,
        detail=entry.detail,
        hash=entry.hash,
    )
