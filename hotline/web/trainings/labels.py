"""The words for what trainings name by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.trainings.training import Holding, TrainingKind
from hotline.web.kit.labels import Label

KINDS = {TrainingKind.TRAINING: Label(_("Training"), "info"), TrainingKind.EXAM: Label(_("Exam"), "wait")}

HOLDINGS = {
    Holding.HELD: Label(_("passed"), "ok"),
    Holding.RUNS_OUT: Label(_("runs out"), "warn"),
    Holding.EXPIRED: Label(_("expired"), "bad"),
    Holding.FAILED: Label(_("not passed"), "bad"),
    Holding.NEVER: Label(_("not taken"), "muted"),
}
