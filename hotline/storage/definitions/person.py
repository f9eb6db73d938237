"""G3: definitions hold nothing of persons outside."""

from __future__ import annotations

from hotline.storage.definitions.tables import definition
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (PersonalTable(definition, nothing={Holds.CODE: "kind", Holds.SETTING: "code content", Holds.STAFF: "by"}),)
