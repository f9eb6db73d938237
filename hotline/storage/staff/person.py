"""G3: the tables of staff hold our own people's data, nothing of persons outside."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.staff.tables import absence, person, staff_unit, tenure, unit_member

COLUMNS = (
    PersonalTable(person, nothing={Holds.STAFF: "name email mobile updated_by", Holds.CODE: "language"}),
    PersonalTable(tenure, nothing={Holds.STAFF: "extension"}),
    PersonalTable(absence),
    PersonalTable(
        staff_unit, nothing={Holds.CODE: "kind", Holds.SETTING: "name", Holds.STAFF: "email phone updated_by"}
    ),
    PersonalTable(unit_member),
)
