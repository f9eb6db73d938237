"""G3: whose customer somebody is tells of our own people alone."""

from __future__ import annotations

from hotline.storage.owners.tables import customer_owner
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (PersonalTable(customer_owner, nothing={Holds.STAFF: "owner by"}),)
