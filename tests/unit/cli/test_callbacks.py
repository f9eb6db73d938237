"""`hotline callbacks`: the calls that we owe (A9)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.numbers import Number
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.customers.store import CustomerStore
from tests.support.instance import an_instance, at, run, run_json

NOW = at("2026-09-16T18:00")


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    hotline = an_instance(tmp_path, NOW)
    with hotline.storage.writing() as tx:
        for linkedid, waited, number in (("new", 10, "+8613800138001"), ("old", 45, "+8613800138000")):
            queued_at = NOW - timedelta(minutes=waited)
            CallbackStore(tx).open(
                Callback(
                    "node1",
                    linkedid,
                    "main",
                    Number(number),
                    CallbackReason.REQUESTED,
                    queued_at,
                    queued_at + timedelta(minutes=30),
                )
            )
    return hotline


def test_a9_who_has_waited_longest_comes_first_and_what_is_late_says_so(hotline: Hotline) -> None:
    owed = run_json(hotline, "callbacks", "list")
    assert [callback["linkedid"] for callback in owed] == ["old", "new"]
    assert (owed[0]["queued_at"], owed[0]["due_at"]) == ("2026-09-16T09:15:00Z", "2026-09-16T09:45:00Z")
    assert json.loads(run(hotline, "callbacks", "--json", "list").stdout) == owed
    old, new = run(hotline, "callbacks", "list").output.splitlines()[1:]
    assert "late" in old and "late" not in new


def test_e10_who_does_not_want_to_be_called_is_named(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        CustomerStore(tx).add(
            Customer(
                name="王丽",
                do_not_call=True,
                numbers=(read_number("138-0013-8000"), read_number("138-0013-8001")),
                created_at=NOW,
                updated_at=NOW,
            )
        )
    owed = run_json(hotline, "callbacks", "list")
    assert [each["do_not_call"] for each in owed] == [True, True]
    assert owed[0]["customers"] == [{"customer_id": 1, "name": "王丽", "do_not_call": True}]
    assert "DO NOT CALL 王丽" in run(hotline, "callbacks", "list").output


def test_a9_a_callback_is_closed_once_with_what_came_of_it(hotline: Hotline) -> None:
    first = str(run_json(hotline, "callbacks", "list")[0]["id"])
    assert run(hotline, "callbacks", "close", first, "--note", "reached,\nsolved").exit_code == 0
    assert [callback["linkedid"] for callback in run_json(hotline, "callbacks", "list")] == ["new"]
    closed = run_json(hotline, "callbacks", "list", "--all")[0]
    assert closed["closing_note"] == "reached, solved"
    assert closed["closed_at"] == "2026-09-16T10:00:00Z" and closed["closed_by"].startswith("cli")
    again = run(hotline, "callbacks", "close", first, "--note", "again")
    assert again.exit_code == 1 and "no open callback" in again.output


@pytest.mark.parametrize(
    "arguments", [("1",), ("1", "--note", " "), ("x", "--note", "y"), ("99999999999", "--note", "y")]
)
def test_a_wrong_closing_is_told_and_changes_nothing(hotline: Hotline, arguments: tuple[str, ...]) -> None:
    assert run(hotline, "callbacks", "close", *arguments).exit_code != 0
    assert len(run_json(hotline, "callbacks", "list")) == 2
