"""What callers said: every kind of rating, and a questionnaire with a reply."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.domain.satisfaction.questionnaire import ReplyWay
from hotline.services.demo import Stage
from hotline.services.satisfaction import demo
from hotline.services.satisfaction.typing_in import TypedIn, type_in
from hotline.settings import Settings
from hotline.storage.transaction import Storage

CODE = "training"
_CALLER = Number("+8613900139001")


def put_opinions(storage: Storage, settings: Settings, by: Actor, now: datetime) -> dict[str, dict[str, str]]:
    """By endpoint, which questionnaire has the reply."""
    demo.DEMO.write(Stage(storage, settings, (_CALLER,), by), now)
    given = {"satisfied": "so_so", "understood": "4", "alone": "yes", "wishes": "还想学习药剂投加。"}
    type_in(storage, settings, TypedIn(CODE, 1, ReplyWay.PAPER, given), by, now)
    return {"questionnaires.new": {"code": CODE}, "questionnaires.results": {"code": CODE}}
