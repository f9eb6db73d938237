"""The details of the audit log in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import hotline.services
from hotline.web.accounts.audit_details import detail_words
from hotline.web.accounts.audit_shown import object_name
from tests.support.web import Web


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("12 calls", "12 个通话"),
        ("1 customers, 0 calls, 3 recordings; 2 calls kept by law", "1 位客户, 0 个通话, 3 段录音; 依法保留 2 个通话"),
        (
            "2 deleted (100 bytes, 1 already missing), 0 finished: 年度清理",
            "删除 2 段（100 字节, 其中 1 段已缺失）, 补删 0 段：年度清理",
        ),
        ("changed, score 80.0 -> 91.7", "改分, 得分 80.0 → 91.7"),
        ("退款: 3 found", "“退款”：找到 3 条"),
        ("administrator supervisor", "管理员 主管"),
        ("operator 1001", "客服 1001"),
        ("auditor until 2026-12-16T02:30:00+00:00", "审计，有效期至 2026-12-16 10:30"),
        ("until 2026-11-17 18:00: 停电: 全楼", "至 2026-11-17 18:00：停电: 全楼"),
        ("line main: until 2026-11-17 18:00: 停电", "线路 main：至 2026-11-17 18:00：停电"),
        ("until it is lifted: 诉讼", "直到解除：诉讼"),
        ("name: 孙丽 → 孙莉; roles: operator → operator leader", "姓名：孙丽 → 孙莉; 角色：客服 → 客服 负责人"),
        ("来电者骂人, 12 次", "来电者骂人, 12 次"),
        ("", ""),
    ],
)
def test_details_are_said_and_what_somebody_wrote_stays(web: Web, written: str, shown: str) -> None:
    with web.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        assert detail_words(written) == shown


#: As services write how many of something were looked at, and what else is counted.
_COUNTED = re.compile(r'f"\{[^}]*\} ([a-z][a-z ]*[a-z])"')


def test_whatever_is_counted_is_said(web: Web) -> None:
    files = Path(hotline.services.__file__).parent.rglob("*.py")
    noted = re.compile(r"(?:note_look|note_playback|AuditLog\(tx\)\.add)\((?:[^()]|\([^()]*\))*\)")
    told = {
        found for file in files for call in noted.findall(file.read_text("utf-8")) for found in _COUNTED.findall(call)
    }
    assert len(told) > 20
    with web.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        assert sorted(each for each in told if detail_words(f"3 {each}") == f"3 {each}") == []


def test_objects_are_called_by_their_names(web: Web) -> None:
    with web.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        assert (object_name("call:17"), object_name("discs")) == ("通话 17", "光盘")
        assert object_name("+8613800138000") == "+8613800138000"
