"""G3: what is known of who leaves is about our own people."""

from __future__ import annotations

from hotline.storage.hiring.tables import leaving
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (PersonalTable(leaving, nothing={Holds.STAFF: "username extension successor asked_by"}),)
