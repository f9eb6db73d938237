"""What the simulation's callers of the last weeks said of their calls: every answer, with and without words."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.satisfaction.rating import Rating, RatingWay
from hotline.services.demo import Demo, Stage
from hotline.services.satisfaction.answering import write_answer
from hotline.storage.satisfaction.store import RatingStore

#: Days ago, way, answer, comment.
_SAID: tuple[tuple[int, RatingWay, int | None, str], ...] = (
    (1, RatingWay.KEY, 5, ""),
    (1, RatingWay.KEY, 4, ""),
    (2, RatingWay.SMS, 2, "等了很久才有人接，问题也没解决。"),
    (2, RatingWay.KEY, None, ""),
    (3, RatingWay.KEY, 5, ""),
    (4, RatingWay.SMS, 5, "客服很耐心，谢谢。"),
    (6, RatingWay.KEY, 3, ""),
    (8, RatingWay.SMS, None, ""),
    (9, RatingWay.KEY, 1, ""),
    (12, RatingWay.KEY, 4, ""),
)


def _write(stage: Stage, now: datetime) -> None:
    extension = next(iter(stage.settings.operators), "")
    line = next(iter(stage.settings.lines))
    with stage.storage.writing() as tx:
        store = RatingStore(tx)
        if not stage.callers or store.of_numbers(stage.callers):
            return
        for place, (days, way, answer, comment) in enumerate(_SAID):
            at, number = now - timedelta(days=days, hours=place % 5), stage.callers[place % len(stage.callers)]
            handed = "handed_over" if way is RatingWay.KEY else ""
            asked = store.add(Rating("demo", f"demo-{place}", line, extension, number, at, way, handed))
            if answer is not None:
                write_answer(tx, stage.settings, asked, answer, at, now, comment)


DEMO = Demo(_write)
