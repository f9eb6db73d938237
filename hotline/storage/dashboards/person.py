"""G3: a dashboard holds names of figures, lines, queues and subjects, and ids of our own people."""

from __future__ import annotations

from hotline.storage.dashboards.tables import dashboard
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (PersonalTable(dashboard, nothing={Holds.CODE: "place period tiles", Holds.STAFF: "owner changed_by"}),)
