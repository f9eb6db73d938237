"""Accounts, sessions, tokens and the audit log, for whoever administers."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.rights.acts import Act
from hotline.services.accounts import accounts, audit, sessions, tokens, users
from hotline.services.sign_in import second_factor
from hotline.web.accounts.schemas import (
    AccountChange,
    AccountList,
    AccountView,
    AuditList,
    AuditQuery,
    Ended,
    EndReason,
    FirstPassword,
    MadeToken,
    NewAccount,
    NewToken,
    SessionList,
    SessionPath,
    TokenList,
    TokenPath,
    UsernamePath,
    account_view,
    audit_view,
    session_view,
    token_view,
)
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_ACCOUNTS = Tag(name="accounts", description="Accounts and their sessions")
_TOKENS = Tag(name="tokens", description="Bearer tokens of programs")
_AUDIT = Tag(name="audit", description="Who saw, played, exported or changed what (F8)")


def register(api: APIBlueprint) -> None:
    account = "/accounts/<string:username>"
    api.get("/accounts", tags=[_ACCOUNTS], **stated(AccountList))(list_accounts)
    api.post("/accounts", tags=[_ACCOUNTS], **stated(FirstPassword, 409, status=201))(add_account)
    api.put(account, tags=[_ACCOUNTS], **stated(AccountView, 404, 409))(change_account)
    api.post(f"{account}/password", tags=[_ACCOUNTS], **stated(FirstPassword, 404))(reset_account_password)
    api.post(f"{account}/second-factor/reset", tags=[_ACCOUNTS], **stated(None, 404))(reset_account_second_factor)
    api.post(f"{account}/activate", tags=[_ACCOUNTS], **stated(AccountView, 404))(activate_account)
    api.post(f"{account}/deactivate", tags=[_ACCOUNTS], **stated(AccountView, 404))(deactivate_account)
    api.post(f"{account}/sessions/end", tags=[_ACCOUNTS], **stated(Ended, 404))(end_sessions_of_account)
    api.get("/sessions", tags=[_ACCOUNTS], **stated(SessionList))(list_sessions)
    api.post("/sessions/<int:session_id>/end", tags=[_ACCOUNTS], **stated(None, 404))(end_session)
    api.get("/tokens", tags=[_TOKENS], **stated(TokenList))(list_api_tokens)
    api.post("/tokens", tags=[_TOKENS], **stated(MadeToken, status=201))(make_token)
    api.delete("/tokens/<string:name>", tags=[_TOKENS], **stated(None, 404))(revoke_api_token)
    api.get("/audit", tags=[_AUDIT], **stated(AuditList))(read_audit)


def _answer(told: BaseModel, status: int = 200) -> Response:
    return Response(told.model_dump_json(), status, mimetype="application/json")


@may_api(Act.ADMINISTER_ACCOUNTS)
def list_accounts() -> Response:
    """Everybody who has an account."""
    return _answer(AccountList(accounts=[account_view(user) for user in users.list_users(web().storage)]))


@may_api(Act.ADMINISTER_ACCOUNTS)
def add_account(body: NewAccount) -> Response:
    """Add somebody, with a generated first password."""
    context = web()
    user, password = accounts.add_user(
        context.storage,
        body.username,
        body.display_name,
        tuple(dict.fromkeys(body.roles)),
        context.now(),
        actor().name,
        body.extension,
        context.settings.operators,
        body.expires_at,
    )
    return _answer(FirstPassword(username=user.username, password=password), 201)


@may_api(Act.ADMINISTER_ACCOUNTS)
def change_account(path: UsernamePath, body: AccountChange) -> Response:
    """Give somebody another name, other roles, another extension, another end; who loses a role is signed out."""
    context = web()
    roles = tuple(dict.fromkeys(body.roles))
    users.keep_own_administration(context.storage, path.username, actor().name, roles, body.expires_at)
    changed = users.edit_user(
        context.storage,
        path.username,
        body.display_name,
        roles,
        body.extension,
        context.settings.operators,
        context.now(),
        actor().name,
        body.expires_at,
        seen=body.mark,
    )
    return _answer(account_view(changed))


@may_api(Act.ADMINISTER_ACCOUNTS)
def reset_account_password(path: UsernamePath) -> Response:
    """A new first password; all sessions of theirs end."""
    context = web()
    password = accounts.reset_password(context.storage, path.username, context.now(), actor().name)
    return _answer(FirstPassword(username=path.username, password=password))


@may_api(Act.ADMINISTER_ACCOUNTS)
def reset_account_second_factor(path: UsernamePath, body: EndReason) -> Response:
    """Take somebody else's second factor away, who has lost it; all sessions of theirs end, and they are told."""
    context = web()
    second_factor.reset(context.storage, path.username, body.reason, actor().name, context.now())
    return Response(status=204)


@may_api(Act.ADMINISTER_ACCOUNTS)
def activate_account(path: UsernamePath) -> Response:
    """Let somebody sign in again."""
    return _set_active(path.username, True)


@may_api(Act.ADMINISTER_ACCOUNTS)
def deactivate_account(path: UsernamePath) -> Response:
    """Let somebody sign in no longer; all sessions of theirs end."""
    return _set_active(path.username, False)


@may_api(Act.ADMINISTER_ACCOUNTS)
def end_sessions_of_account(path: UsernamePath, body: EndReason) -> Response:
    """Sign somebody out everywhere."""
    context = web()
    ended = sessions.end_all_by_administrator(context.storage, path.username, body.reason, actor().name, context.now())
    return _answer(Ended(ended=ended))


@may_api(Act.ADMINISTER_ACCOUNTS)
def list_sessions() -> Response:
    """Who is signed in where."""
    context = web()
    limits = context.settings.web
    live = sessions.live(context.storage, context.now(), limits.session_hours, limits.idle_minutes)
    return _answer(SessionList(sessions=[session_view(session, user.username) for session, user in live]))


@may_api(Act.ADMINISTER_ACCOUNTS)
def end_session(path: SessionPath, body: EndReason) -> Response:
    """Sign one browser out."""
    context = web()
    sessions.end_by_administrator(context.storage, path.session_id, body.reason, actor().name, context.now())
    return Response(status=204)


@may_api(Act.MANAGE_TOKENS)
def list_api_tokens() -> Response:
    """By name, the revoked too."""
    return _answer(TokenList(tokens=[token_view(token) for token in tokens.list_tokens(web().storage)]))


@may_api(Act.MANAGE_TOKENS)
def make_token(body: NewToken) -> Response:
    """A new token; it is told only now."""
    context = web()
    roles = tuple(dict.fromkeys(body.roles))
    token = tokens.create_token(context.storage, body.name, context.now(), actor().name, roles, body.expires_at)
    return _answer(MadeToken(name=body.name, token=token), 201)


@may_api(Act.MANAGE_TOKENS)
def revoke_api_token(path: TokenPath) -> Response:
    """From now on it opens nothing."""
    context = web()
    tokens.revoke_token(context.storage, path.name, context.now(), actor().name)
    return Response(status=204)


@may_api(Act.READ_AUDIT)
def read_audit(query: AuditQuery) -> Response:
    """The audit log, newest first; who reads it stands in it."""
    context = web()
    wanted = AuditFilter(query.who, query.action, query.object, query.since, query.until)
    page = audit.read_audit(context.storage, actor(), context.now(), wanted, query.limit, query.before)
    return _answer(AuditList(entries=[audit_view(entry) for entry in page.entries], next_before=page.older))


def _set_active(username: str, active: bool) -> Response:
    context = web()
    if not active:
        users.keep_own_administration(context.storage, username, actor().name)
    changed = users.set_active(context.storage, username, active, context.now(), actor().name)
    return _answer(account_view(changed))
