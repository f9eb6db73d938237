"""G3: notifications hold nothing of persons outside. They name things by id, and what a caller said or is called is
refused as a value (hotline.services.notifications.notify)."""

from __future__ import annotations

from hotline.storage.notifications.tables import (
    alert_told,
    notification,
    notification_choice,
    notification_delivery,
    notification_gateway,
    notification_way,
)
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        notification, nothing={Holds.SETTING: "address_group", Holds.CODE: "kind given", Holds.ID: "object once"}
    ),
    PersonalTable(
        notification_delivery,
        nothing={
            Holds.SETTING: "address_group gateway",
            Holds.CODE: "kind way state",
            Holds.ID: "target claim",
            Holds.TECHNICAL: "problem",
        },
    ),
    PersonalTable(notification_gateway, nothing={Holds.SETTING: "name", Holds.TECHNICAL: "problem"}),
    PersonalTable(notification_way, nothing={Holds.STAFF: "url added_by"}),
    PersonalTable(notification_choice, nothing={Holds.CODE: "kind", Holds.STAFF: "quiet_from quiet_until"}),
    PersonalTable(alert_told),
)
