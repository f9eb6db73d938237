"""What is done for drafts of the menus on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.menus.trials import make_calls


def _all(parts: Parts) -> Iterator[Job]:
    def calls(now: datetime) -> Reason | None:
        begun = make_calls(parts.storage, parts.pbx, now)
        return so_many("menus.trial_calls", begun)

    yield Job("menu_trials", 3, calls)


JOBS = Jobs(_all)
