"""What people are told of trainings."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: It counts only until a day that is near. Values: title, until_at.
TRAINING_RUNS_OUT = NotificationKind("training_runs_out", to_do=False)

KINDS = (TRAINING_RUNS_OUT,)
