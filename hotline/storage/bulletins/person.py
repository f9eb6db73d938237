"""G3: what is posted is for our own people, and of their work."""

from __future__ import annotations

from hotline.storage.bulletins.tables import bulletin, bulletin_addressee, bulletin_reading
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(bulletin, nothing={Holds.WORK: "title text", Holds.STAFF: "posted_by withdrawn_by"}),
    PersonalTable(bulletin_addressee),
    PersonalTable(bulletin_reading),
)
