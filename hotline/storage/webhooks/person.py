"""G3: web hooks hold nothing of persons outside. They name things by id; what is told is read when it is sent."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.webhooks.tables import webhook, webhook_delivery, webhook_event, webhook_progress

COLUMNS = (
    PersonalTable(
        webhook,
        nothing={
            Holds.ID: "key",
            Holds.SETTING: "url events description",
            Holds.STAFF: "created_by",
            Holds.TECHNICAL: "off_why",
        },
    ),
    PersonalTable(webhook_event, nothing={Holds.ID: "key once", Holds.CODE: "kind"}),
    PersonalTable(webhook_delivery, nothing={Holds.CODE: "state", Holds.TECHNICAL: "problem"}),
    PersonalTable(webhook_progress),
)
