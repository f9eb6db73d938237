"""`hotline token`, and what a token opens."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.services.accounts.tokens import verify_token
from hotline.storage.accounts.tokens import TokenStore
from hotline.storage.audit import AuditLog
from tests.support.instance import an_instance, at, run, run_json


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T18:00"))


def _create(hotline: Hotline, name: str = "api") -> str:
    return run_json(hotline, "token", "create", name)["token"]


def _last_used(hotline: Hotline) -> str | None:
    return run_json(hotline, "token", "list")[0]["last_used_at"]


def test_the_printed_token_opens_and_only_its_digest_is_stored(hotline: Hotline) -> None:
    token = _create(hotline)
    found = verify_token(hotline.storage, token, hotline.clock())
    assert found is not None and found.name == "api"
    with hotline.storage.reading() as tx:
        assert TokenStore(tx).find(hashlib.sha256(token.encode()).hexdigest()) is not None
        assert token not in str(AuditLog(tx).latest(10))
    assert token not in run(hotline, "token", "list").output


@pytest.mark.parametrize("token", ["", "hotline_", "api", "x" * 10_000, "\x00", "\ud83d"])
def test_anything_else_opens_nothing(hotline: Hotline, token: str) -> None:
    _create(hotline)
    assert verify_token(hotline.storage, token, hotline.clock()) is None


def test_a_revoked_token_opens_nothing(hotline: Hotline) -> None:
    token = _create(hotline)
    assert run(hotline, "token", "revoke", "api").exit_code == 0
    assert verify_token(hotline.storage, token, hotline.clock()) is None
    (listed,) = run_json(hotline, "token", "list")
    assert listed["revoked_at"] == "2026-09-16T10:00:00Z"
    again = run(hotline, "token", "revoke", "api")
    assert again.exit_code == 1 and "no valid token api" in again.output


def test_a_name_is_given_to_one_valid_token(hotline: Hotline) -> None:
    first = _create(hotline)
    assert "already" in run(hotline, "token", "create", "api").output
    run(hotline, "token", "revoke", "api")
    assert _create(hotline) != first


def test_the_last_use_is_noted_to_the_minute(hotline: Hotline) -> None:
    token, start = _create(hotline), hotline.clock()
    assert _last_used(hotline) is None
    for seconds, noted in ((0, "2026-09-16T10:00:00Z"), (59, "2026-09-16T10:00:00Z"), (60, "2026-09-16T10:01:00Z")):
        assert verify_token(hotline.storage, token, start + timedelta(seconds=seconds)) is not None
        assert _last_used(hotline) == noted


def test_a_token_has_the_roles_it_was_given_and_else_an_examiners(hotline: Hotline) -> None:
    _create(hotline)
    run_json(hotline, "token", "create", "boss", "--role", "supervisor", "--role", "operator", "--role", "supervisor")
    listed = {token["name"]: token["roles"] for token in run_json(hotline, "token", "list")}
    assert listed == {"api": ["examiner"], "boss": ["supervisor", "operator"]}
    assert run(hotline, "token", "create", "king", "--role", "king").exit_code == 2


@pytest.mark.parametrize("name", ["", "two words", "x" * 65, "-x/y"])
def test_unfit_names_are_refused(hotline: Hotline, name: str) -> None:
    assert run(hotline, "token", "create", "--", name).exit_code == 1
    assert run_json(hotline, "token", "list") == []
