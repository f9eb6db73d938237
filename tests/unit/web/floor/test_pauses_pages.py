"""How long operators were paused on a day, on the page of the floor."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.operators.presence import OperatorPresence, ShownState, StateChange
from hotline.domain.people import Role
from hotline.settings import SettingsError
from hotline.storage.operators.store import PresenceStore
from tests.support.web import NOW, Web, a_web

SITE = "[console.pause_minutes]\nrest = 30\n"


@pytest.fixture
def site(tmp_path: Path) -> Web:
    return a_web(tmp_path, SITE)


def note(web: Web, extension: str, *states: tuple[int, ShownState, str]) -> None:
    """Minutes before NOW."""
    with web.hotline.storage.writing() as tx:
        PresenceStore(tx).save([OperatorPresence(extension, NOW, NOW)])
        PresenceStore(tx).note(
            [StateChange(extension, NOW - timedelta(minutes=ago), state, why) for ago, state, why in states]
        )


def test_sums_by_reason_and_what_is_more_than_allowed(site: Web) -> None:
    note(site, "1001", (60, ShownState.PAUSED, "rest"), (20, ShownState.READY, ""), (10, ShownState.PAUSED, "meal"))
    note(site, "1002", (24 * 60, ShownState.PAUSED, "rest"), (24 * 60 - 5, ShownState.READY, ""))
    boss = site.signed_in(Role.SUPERVISOR, username="boss")
    today = boss.get("/floor/pauses").text
    assert "赵敏" in today and '<strong class="text-bad">40:00</strong>' in today and "10:00" in today
    assert "钱伟" not in today and "每日上限 30 分钟" in today
    before = boss.get("/floor/pauses?day=2026-11-15").text
    assert "钱伟" in before and "5:00" in before and "text-bad" not in before.split("<tbody>")[1]
    assert ("boss", "pauses.view", "pauses") in site.audit()
    assert "没有人暂停" in boss.get("/floor/pauses?day=2026-11-01").text
    assert boss.get("/floor/pauses?day=soon").status_code == 200


def test_operators_do_not_see_others_pauses(site: Web) -> None:
    assert site.signed_in(Role.OPERATOR).get("/floor/pauses").status_code == 403


def test_a_limit_is_for_a_reason_that_there_is(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"settings\.unknown_pause"):
        a_web(tmp_path, "[console.pause_minutes]\nsleep = 30\n")
