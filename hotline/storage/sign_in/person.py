"""G3: the tables of signing in hold nothing of persons outside."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.sign_in.tables import outside_account, recovery_code, second_factor

COLUMNS = (
    PersonalTable(second_factor, nothing={Holds.STAFF: "secret pending"}),
    PersonalTable(recovery_code, nothing={Holds.HASH: "code_sha256"}),
    PersonalTable(outside_account, nothing={Holds.SETTING: "provider", Holds.STAFF: "subject mail bound_by"}),
)
