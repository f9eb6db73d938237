"""`hotline rules`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.rules.registry import RULES
from tests.support.instance import an_instance, at, run, run_json


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T10:00"))


def test_all_are_listed_or_those_that_are_asked_for(hotline: Hotline) -> None:
    assert [rule["id"] for rule in run_json(hotline, "rules")] == list(RULES)
    [shown] = run_json(hotline, "rules", "b2")
    assert (shown["id"], shown["kinds"], shown["ours"], shown["settings"]) == ("B2", "EM", True, ["form.duty_due"])
    assert shown["sources"] == [{"regulation": "400客服热线使用管理规定", "clause": "三.4"}]


def test_in_the_readers_language_with_the_regulations_words_of_those_asked_for(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Answered at all hours" in run(hotline, "rules", "A1").stdout
    assert "杜绝电话无人接听" in run(hotline, "rules", "A1").stdout
    assert "杜绝电话无人接听" not in run(hotline, "rules").stdout
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    shown = run(hotline, "rules", "A2").stdout
    assert "值班手机有专人保管" in shown and "本系统自定" in shown


def test_one_that_is_none_is_refused(hotline: Hotline) -> None:
    assert run(hotline, "rules", "Z9").exit_code == 2
