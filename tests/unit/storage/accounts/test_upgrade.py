"""A site that has been running comes up at the newest revision with all that it had."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.people import Role
from hotline.services.accounts.accounts import Attempt, sign_in
from hotline.services.accounts.audit import verify_audit
from hotline.services.accounts.passwords import hash_password
from hotline.services.accounts.tokens import create_token, verify_token
from hotline.storage import migrate
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.rows import MORNING, a_call

TOKEN = "hotline_token-of-before"

#: A call as the first version wrote it.
_DETAIL = {
    "node": "node1",
    "linkedid": "old-1",
    "direction": "inbound",
    "line": "main",
    "dialled": "4001234567",
    "caller": {"number": "+8613800138000", "original": "13800138000", "name": "", "withheld": False},
    "started_at": "2026-03-11T02:00:00Z",
    "answered_at": "2026-03-11T02:00:00Z",
    "ended_at": "2026-03-11T02:01:00Z",
    "outcome": "answered",
    "answered_by": {"kind": "operator", "id": "1001", "name": "赵敏"},
    "talk_started_at": "2026-03-11T02:00:00Z",
    "wait_seconds": 0.0,
    "ring_seconds": 0.0,
    "talk_seconds": 60.0,
    "hold_seconds": 0.0,
    "menu": [],
    "routes": [],
    "queues": [],
    "rings": [],
    "talks": [],
    "holds": [],
    "pauses": [],
    "transfers": [],
    "recordings": [],
    "hang_up": {"by": {"kind": "caller", "id": "", "name": ""}, "at": "2026-03-11T02:01:00Z", "cause": 16},
    "callback_number": "",
    "remarks": [],
}


@pytest.fixture(params=["sqlite", "postgres"])
def first_version(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at revision 0001, with people, tokens, calls and an audit log in it."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0001")
    engine = make_engine(url)
    with engine.begin() as connection:
        _people(connection)
        _calls(connection)
    engine.dispose()


def _insert(connection: Connection, table: str, **values: Any) -> None:
    places = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"), values)


def _moment(connection: Connection) -> Any:
    return MORNING if connection.dialect.name == "postgresql" else f"{MORNING:%Y-%m-%d %H:%M:%S}.000000"


def _people(connection: Connection) -> None:
    now = _moment(connection)
    for username, roles in (("boss", '["administrator", "supervisor"]'), ("both", '["operator", "examiner"]')):
        _insert(
            connection,
            "user_account",
            username=username,
            display_name="赵敏 😀",
            roles=roles,
            password_hash=hash_password("correct horse battery"),
            must_change_password=False,
            active=True,
            created_at=now,
        )
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    _insert(connection, "api_token", name="erp", token_sha256=digest, created_at=now)
    for number in range(3):
        _insert(connection, "audit_log", at=now, who="boss", action="call.view", object=f"call:{number}", detail="")


def _calls(connection: Connection) -> None:
    call, now = a_call("old-1"), _moment(connection)
    _insert(
        connection,
        "call",
        node=call.node,
        linkedid=call.linkedid,
        direction="inbound",
        line=call.line,
        dialled=call.dialled,
        caller_number=call.caller.number,
        caller_original=call.caller.original,
        caller_name="",
        started_at=now,
        ended_at=now,
        outcome="answered",
        answered_by_kind="operator",
        answered_by="1001",
        wait_seconds=0,
        ring_seconds=0,
        talk_seconds=60,
        hold_seconds=0,
        detail=json.dumps(_DETAIL),
        updated_at=now,
    )


def test_people_tokens_calls_and_the_audit_log_outlive_the_upgrade(first_version: str) -> None:
    assert migrate.current(first_version) == "0001"
    migrate.upgrade(first_version)
    migrate.require_current(first_version)
    storage = Storage(make_engine(first_version))
    try:
        _still_there(storage)
        _goes_on(storage)
    finally:
        storage.close()


def _still_there(storage: Storage) -> None:
    with storage.reading() as tx:
        boss, both = UserStore(tx).all()
        assert (boss.username, boss.display_name, boss.extension) == ("boss", "赵敏 😀", None)
        assert boss.roles == (Role.ADMINISTRATOR, Role.SUPERVISOR)
        assert both.roles == (Role.OPERATOR, Role.EXAMINER), "what F5 forbids from now on is not taken away silently"
        assert CallStore(tx).get("node1", "old-1") == a_call("old-1")
        entries = AuditLog(tx).search(AuditFilter(), 10)
        assert [(entry.object, entry.at, entry.hash) for entry in entries] == [
            (f"call:{number}", MORNING, "") for number in (2, 1, 0)
        ]
    assert sign_in(storage, Attempt("boss", "correct horse battery"), MORNING) is not None


def _goes_on(storage: Storage) -> None:
    token = verify_token(storage, TOKEN, MORNING)
    assert token is not None and (token.name, token.roles) == ("erp", (Role.EXAMINER,))
    assert verify_token(storage, create_token(storage, "new", MORNING, "test", (Role.SUPERVISOR,)), MORNING)
    verdict = verify_audit(storage)
    assert (verdict.unchained, verdict.chained, verdict.broken_id) == (3, 1, None)
