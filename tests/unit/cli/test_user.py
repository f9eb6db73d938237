"""`hotline user`: who may sign in."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.services.accounts.accounts import Attempt, sign_in
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from tests.support.instance import an_instance, at, run, run_json


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T18:00"))


def _add(hotline: Hotline, username: str, *arguments: str) -> str:
    return run_json(hotline, "user", "add", username, *arguments)["password"]


def test_the_printed_password_opens_the_door_and_must_be_changed(hotline: Hotline) -> None:
    roles = ("--role", "operator", "--role", "supervisor", "--role", "operator")
    password = _add(hotline, "zhao", "--name", "赵敏", *roles)
    user = sign_in(hotline.storage, Attempt("zhao", password), hotline.clock())
    assert user is not None and user.must_change_password
    assert user.roles == ("operator", "supervisor")


def test_the_password_is_stored_nowhere(hotline: Hotline) -> None:
    password = _add(hotline, "zhao", "--role", "operator")
    with hotline.storage.reading() as tx:
        assert UserStore(tx).by_username("zhao").password_hash.startswith("$argon2id$")  # type: ignore[union-attr]
        assert password not in str(AuditLog(tx).latest(10))


def test_a_new_password_replaces_the_old(hotline: Hotline) -> None:
    old = _add(hotline, "zhao", "--role", "operator")
    new = run_json(hotline, "user", "password", "zhao")["password"]
    assert sign_in(hotline.storage, Attempt("zhao", old), hotline.clock()) is None
    assert sign_in(hotline.storage, Attempt("zhao", new), hotline.clock()) is not None


def test_whoever_is_deactivated_stays_in_the_list_and_outside(hotline: Hotline) -> None:
    password = _add(hotline, "zhao", "--role", "operator")
    assert run(hotline, "user", "deactivate", "zhao").exit_code == 0
    assert sign_in(hotline.storage, Attempt("zhao", password), hotline.clock()) is None
    (listed,) = run_json(hotline, "user", "list")
    assert (listed["username"], listed["active"], listed["created_at"]) == ("zhao", False, "2026-09-16T10:00:00Z")
    assert run(hotline, "user", "activate", "zhao").exit_code == 0
    assert sign_in(hotline.storage, Attempt("zhao", password), hotline.clock()) is not None


def test_the_last_administrator_cannot_be_deactivated(hotline: Hotline) -> None:
    _add(hotline, "boss", "--role", "administrator")
    refused = run(hotline, "user", "deactivate", "boss")
    assert refused.exit_code == 1 and "last active administrator" in refused.output
    _add(hotline, "second", "--role", "administrator", "--role", "operator")
    assert run(hotline, "user", "deactivate", "boss").exit_code == 0
    assert run(hotline, "user", "deactivate", "second").exit_code == 1


def test_the_table_shows_names_as_they_are(hotline: Hotline) -> None:
    _add(hotline, "zhao", "--name", "[red]赵敏[/red] :smile: " + "长" * 60, "--role", "operator")
    assert "[red]赵敏[/red] :smile: " + "长" * 30 in run(hotline, "user", "list").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "Zhao Min", "--role", "operator"),
        ("add", "zhao"),
        ("add", "zhao", "--role", "king"),
        ("password", "nobody"),
        ("deactivate", "nobody"),
    ],
)
def test_wrong_input_is_told_and_changes_nothing(hotline: Hotline, arguments: tuple[str, ...]) -> None:
    result = run(hotline, "user", *arguments)
    assert result.exit_code != 0 and "Error" in result.output
    assert run_json(hotline, "user", "list") == []


def test_every_change_stands_in_the_audit_log(hotline: Hotline) -> None:
    """F8."""
    _add(hotline, "zhao", "--role", "operator")
    run(hotline, "user", "password", "zhao")
    run(hotline, "user", "deactivate", "zhao")
    with hotline.storage.reading() as tx:
        entries = [(entry["action"], entry["object"]) for entry in AuditLog(tx).latest(10)]
    assert entries == [(action, "user:zhao") for action in ("user.deactivate", "user.reset_password", "user.add")]
