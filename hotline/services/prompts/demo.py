"""Prompts that the simulation's administrator has typed: a line's own, and one for a holiday ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.services.demo import Demo, Stage
from hotline.services.prompts.choosing import choose
from hotline.services.prompts.sounds import GivenSound
from hotline.storage.prompts.store import PromptStore

_LINE = "您好，这里是{company}客户服务热线，很高兴为您服务。本次通话将被录音。"
_HOLIDAY = "您好，欢迎致电{company}。假期期间客服值守时间有调整，紧急问题请按0，其他问题请按8留言。本次通话将被录音。"
_AHEAD, _DAYS = timedelta(days=21), timedelta(days=6)


def _write(stage: Stage, now: datetime) -> None:
    """Once: what somebody chooses later stays. Both still say that the call is recorded (G1)."""
    if stage.site is None:
        return
    with stage.storage.reading() as tx:
        if PromptStore(tx).newest():
            return
    line, company = next(iter(stage.settings.lines)), stage.settings.site.company
    begins = local_day(now + _AHEAD)
    places = ((_LINE, line, None, None), (_HOLIDAY, "", begins, begins + _DAYS))
    for words, where, first, last in places:
        given = GivenSound(words.replace("{company}", company))
        home, by = stage.site.home, stage.administrator
        choose(stage.storage, home, stage.settings, "greeting", given, by, now, where, first, last)


DEMO = Demo(_write)
