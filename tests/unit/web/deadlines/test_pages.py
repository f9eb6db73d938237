"""Deadlines on pages: one way to show one, with its count; and those that moved."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackReason
from hotline.domain.deadlines.kept import PauseReason
from hotline.domain.numbers import Number
from hotline.domain.people import Role
from hotline.services.deadlines.keeping import Wanted, keep, pause
from hotline.services.deadlines.recompute import recompute
from hotline.storage.callbacks.store import CallbackStore
from tests.support.deadlines import usual_settings
from tests.support.web import NOW, Web

MINUTE = timedelta(minutes=1)


def owe(web: Web, minutes_ago: int) -> int:
    began = NOW - minutes_ago * MINUTE
    with web.hotline.storage.writing() as tx:
        number = Number(f"+86139123456{minutes_ago:02}")
        owed = Callback("node1", str(minutes_ago), "main", number, CallbackReason.MISSED, began, began)
        callback_id = CallbackStore(tx).open(owed) or 0
        kept = keep(tx, web.hotline.settings, CALLBACK_CLOCK, {callback_id: Wanted(began, "main")}, began)
        CallbackStore(tx).move({callback_id: kept[callback_id].due_at or began})
    return callback_id


def test_a_deadline_says_what_is_left_and_how_it_was_counted(web: Web) -> None:
    owe(web, 5)
    waiting = owe(web, 6)
    with web.hotline.storage.writing() as tx:
        pause(tx, web.hotline.settings, CALLBACK_CLOCK, waiting, PauseReason.CUSTOMER, NOW)
    client = web.signed_in(Role.SUPERVISOR)
    chinese = client.get("/callbacks").text
    assert "剩余" in chinese and "计算方式" in chinese and "30 分钟工作时间内" in chinese and "等待客户" in chinese
    client.set_cookie("language", "en")
    english = client.get("/callbacks").text
    assert "within 30 min of working time" in english and "the customer is waited for" in english


def test_what_moved_is_listed_from_when_to_when_and_why(web: Web, tmp_path: Path) -> None:
    callback_id = owe(web, 5)
    client = web.signed_in(Role.SUPERVISOR)
    assert "没有期限变动" in client.get("/deadlines/moved").text
    shorter = usual_settings(tmp_path, CALLBACKS__DUE_MINUTES="10")
    recompute(web.hotline.storage, shorter, NOW, "li")
    page = client.get("/deadlines/moved").text
    assert f"callback:{callback_id}" in page and "期限设置有变" in page and "A9" in page
    assert web.signed_in(Role.OPERATOR, username="zhao").get("/deadlines/moved").status_code == 403
