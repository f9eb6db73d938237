"""Menus that the simulation's administrator is about: a draft with a fault, and one that waits for a holiday."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, time, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.menus.draft import Content, with_menu
from hotline.domain.time import SHANGHAI
from hotline.services.demo import Demo, Stage
from hotline.services.menus.drafts import begin_draft, change_draft, draft_shown, drafts
from hotline.services.menus.putting import put_in_force

_DRAFT, _HOLIDAY = "配件与维修分开", "假期菜单"
#: The holiday is as far ahead, and as long.
_AHEAD, _DAYS = timedelta(days=21), timedelta(days=7)
#: A menu that the draft has besides, to which no key leads yet: its page says so.
_PARTS = {
    "prompt": "menu-main",
    "operator_queue": "service",
    "keys": {"1": "queue:service", "8": "voicemail", "0": "operator"},
}


def _write(stage: Stage, now: datetime) -> None:
    """Once: what somebody makes of it later stays."""
    if stage.site is None:
        return
    by, in_force = stage.administrator, stage.site.in_force
    if drafts(in_force, by):
        return
    draft = begin_draft(in_force, by, _DRAFT, now)
    assert draft.id is not None
    change_draft(
        in_force, by, draft.id, draft.version, lambda content: with_menu(content, "parts", _PARTS, adds=True), now
    )
    holiday = begin_draft(in_force, by, _HOLIDAY, now)
    assert holiday.id is not None
    holiday = change_draft(in_force, by, holiday.id, holiday.version, _for_holiday, now)
    assert holiday.id is not None
    if draft_shown(in_force, stage.site.home, by, holiday.id).faults:
        return  # menus of a site's own, which no draft of theirs could be put in force with
    begins = datetime.combine(local_day(now + _AHEAD), time(), SHANGHAI)
    put_in_force(
        in_force,
        stage.site.home,
        by,
        holiday.id,
        holiday.version,
        now,
        begins,
        begins + _DAYS,
        "假期只留言和转值班，到期自动恢复",
    )


def _for_holiday(content: Content) -> Content:
    """In every menu complaints leave a message; the operator's key stays."""
    changed = deepcopy({key: dict(value) for key, value in content.items()})
    for entry in changed["menus"].values():
        entry["keys"] = {**entry["keys"], "3": "voicemail"}
    return changed


DEMO = Demo(_write)
