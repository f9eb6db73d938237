"""G3: trainings are of our own people."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.trainings.tables import training, training_result

COLUMNS = (
    PersonalTable(
        training, nothing={Holds.SETTING: "name subject queues", Holds.CODE: "kind", Holds.STAFF: "updated_by"}
    ),
    PersonalTable(training_result, nothing={Holds.WORK: "note", Holds.STAFF: "entered_by"}),
)
