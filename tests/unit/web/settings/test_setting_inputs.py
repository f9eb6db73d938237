"""Inputs of the administration's settings: what is shown is read as the same, and what is wrong is refused at its field
with words (F8)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from hotline.domain.people import Role
from hotline.services.settings.figures import value_of
from hotline.settings.decidable import is_secret, keys, refusal
from hotline.settings.load import default_settings
from hotline.settings.plain import plain
from hotline.web.settings.fields import InputKind
from hotline.web.settings.groups import group_of, is_table
from hotline.web.settings.inputs import (
    NAME,
    Input,
    input_of,
    inputs_of_entry,
    mark,
    state_of,
    typed_state,
    value_typed,
    with_choices,
    wrong_rows,
)
from tests.support.web import Web, a_web, csrf_of

OPEN = [key for key in keys() if refusal(key) is None and not is_table(key)]

#: Nothing that a setting of that kind takes.
WRONG = {
    InputKind.NUMBER: "１２ 三",
    InputKind.TIME: "25:99",
    InputKind.DATE: "2026-02-30",
    InputKind.PERIODS: "<script>",
    InputKind.BOOLEAN: "maybe",
    InputKind.CHOICE: "__proto__",
    InputKind.CHECKS: "__proto__",
    InputKind.TEXT: "a\x07\u202eb",
    InputKind.LINES: "a\x07\u202eb",
    InputKind.SECRET: "a\x07\u202eb",
    InputKind.SECRET_LINES: "a\x07\u202eb",
}


def as_sent(each: Input, state: Any) -> MultiDict[str, str]:
    """What a browser sends of it."""
    if isinstance(state, str):
        several = state.splitlines() if each.kind is InputKind.CHECKS else [state]
        return MultiDict([(each.key, text) for text in several])
    return MultiDict(
        [(f"{each.key}/{at}/{column}", text) for at, row in enumerate(state) for column, text in row.items()]
    )


def entries() -> list[str]:
    settings = default_settings()
    return [f"{key}.{name}" for key in keys() if is_table(key) for name in value_of(settings, key)]


@pytest.mark.parametrize("key", [key for key in OPEN if not is_secret(key)])
def test_what_is_shown_is_read_as_the_same(key: str) -> None:
    each, value = with_choices(input_of(key), default_settings()), value_of(default_settings(), key)
    sent = typed_state(each, as_sent(each, state_of(each, value)))
    read = value_typed(each, sent)
    assert (sorted(read) if each.kind is InputKind.CHECKS else read) == (
        sorted(plain(value)) if each.kind is InputKind.CHECKS else plain(value)
    )
    assert mark(each, sent) == mark(each, state_of(each, value))


@pytest.mark.parametrize("entry", entries())
def test_what_is_shown_of_an_entry_is_read_as_the_same(entry: str) -> None:
    for bare in inputs_of_entry(entry):
        each, value = with_choices(bare, default_settings()), value_of(default_settings(), bare.key)
        sent = typed_state(each, as_sent(each, state_of(each, value)))
        assert mark(each, sent) == mark(each, state_of(each, value)), each.key
        if isinstance(plain(value), list) and each.kind is InputKind.LINES:
            assert value_typed(each, sent) == plain(value)


def test_rows_of_one_name_or_none_are_told() -> None:
    each = input_of("console.pause_reasons")
    assert wrong_rows(each, [{NAME: "meal", "value": "a"}, {NAME: "rest", "value": "b"}]) is None
    assert str(wrong_rows(each, [{NAME: "meal", "value": "a"}, {NAME: "meal", "value": "b"}])) != "None"
    assert str(wrong_rows(each, [{NAME: "", "value": "a"}])) == "settings.row_without_name"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("inputs"))


@pytest.fixture(scope="module")
def client(web: Web) -> FlaskClient:
    found = web.signed_in(Role.ADMINISTRATOR)
    found.set_cookie("language", "en")
    return found


@pytest.fixture(scope="module")
def token(client: FlaskClient) -> str:
    return csrf_of(client.get("/rules/A8"))


def wrong(each: Input) -> dict[str, str]:
    if each.kind is not InputKind.ROWS:
        return {each.key: WRONG[each.kind]}
    columns = [NAME] if each.named else []
    columns += [column.key.removeprefix(f"{each.key}.*").removeprefix(".") or "value" for column in each.columns]
    return {f"{each.key}/0/{column}": "a\x07b<script>" for column in columns}


@pytest.mark.parametrize("key", OPEN)
def test_a_wrong_value_is_refused_at_its_field_in_words(web: Web, client: FlaskClient, token: str, key: str) -> None:
    each = with_choices(input_of(key), web.hotline.settings)
    before = value_of(web.hotline.settings, key)
    typed = {
        "csrf_token": token,
        "reason": "x",
        "act": "save",
        f"seen:{key}": mark(each, state_of(each, before)),
        **wrong(each),
    }
    answer = client.post(f"/admin/settings/{group_of(key).name}", data=typed)
    assert answer.status_code == 422, key
    said = re.search(rf'id="setting-{re.escape(key)}-problem">([^<]+)<', answer.text)
    assert said is not None, key
    assert "settings." not in said[1] and "input." not in said[1] and "Traceback" not in answer.text
    assert "<script>" not in answer.text.replace("<script>//", "").partition('id="main"')[2].partition("</main>")[0]
    assert value_of(web.hotline.settings, key) == before


def test_all_faults_are_said_at_once_and_what_was_typed_is_kept(client: FlaskClient, token: str) -> None:
    typed = {
        "csrf_token": token,
        "reason": "",
        "act": "save",
        "seen:floor.quick_seconds": "other",
        "floor.quick_seconds": "0",
        "seen:floor.service_level_percent": "other",
        "floor.service_level_percent": "101",
    }
    answer = client.post("/admin/settings/console", data=typed)
    assert answer.status_code in (409, 422)
    assert 'value="101"' in answer.text and 'value="0"' in answer.text


def test_empty_steps_of_a_pattern_are_not_lost(tmp_path: Path) -> None:
    settings = default_settings()
    each = next(one for one in inputs_of_entry("shifts.patterns.two_on_two_off") if one.key.endswith(".cycle"))
    state = state_of(each, settings.shifts.patterns["two_on_two_off"].cycle)
    assert state == "day\nday\n-\n-"
    assert value_typed(each, state) == ["day", "day", "", ""]
