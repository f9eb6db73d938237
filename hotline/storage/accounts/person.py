"""G3: what the tables of accounts hold of persons outside: the audit log alone."""

from __future__ import annotations

from hotline.storage.accounts.tables import api_token, attempt, audit_log, user, user_session
from hotline.storage.personal import Holds, PersonalTable

_PROOF = (
    "the proof of who of ours handled whose data (F8, PIPL art. 51 and 69): each entry is chained to the one before, "
    "and none can be changed"
)

COLUMNS = (
    PersonalTable(
        user, nothing={Holds.STAFF: "username display_name extension", Holds.HASH: "password_hash", Holds.CODE: "roles"}
    ),
    PersonalTable(
        user_session,
        nothing={Holds.HASH: "token_sha256", Holds.STAFF: "address agent ended_by", Holds.CODE: "ended_why"},
    ),
    # Names that were guessed at and where from; forgotten within days.
    PersonalTable(attempt, nothing={Holds.CODE: "kind", Holds.STAFF: "subject"}),
    PersonalTable(api_token, nothing={Holds.SETTING: "name", Holds.CODE: "roles", Holds.HASH: "token_sha256"}),
    PersonalTable(
        audit_log,
        kept={"object": _PROOF, "detail": _PROOF},
        not_copied=dict.fromkeys(("object", "detail"), "it tells what our people did, and is found by nobody's number"),
        nothing={Holds.STAFF: "who", Holds.CODE: "action", Holds.HASH: "hash"},
    ),
)
