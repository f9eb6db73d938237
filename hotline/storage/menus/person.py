"""G3: drafts of the menus hold nothing of persons outside; the calls that try them have no caller."""

from __future__ import annotations

from hotline.storage.menus.tables import menu_draft, menu_trial_call
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(menu_draft, nothing={Holds.SETTING: "name content base", Holds.STAFF: "made_by changed_by taken_by"}),
    PersonalTable(
        menu_trial_call,
        nothing={
            Holds.SETTING: "line menu keys content sent",
            Holds.ID: "token",
            Holds.CODE: "state",
            Holds.STAFF: "asked_by",
            Holds.TECHNICAL: "steps ended fault",
        },
    ),
)
