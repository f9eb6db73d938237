"""G3: a hand-over names matters, each of which has its own page; numbers in its words are refused."""

from __future__ import annotations

from hotline.storage.handover.tables import handed_matter, shift_handover
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(shift_handover, nothing={Holds.WORK: "words answer"}),
    PersonalTable(handed_matter, nothing={Holds.CODE: "kind", Holds.WORK: "title"}),
)
