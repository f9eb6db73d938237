"""G3: what text messages hold of a person."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.sms.tables import do_not_send, sms_message

COLUMNS = (
    PersonalTable(
        sms_message,
        part="text_messages",
        copied="number parameters",
        erased="number parameters",
        nothing={
            Holds.ID: "message_id object gateway_id",
            Holds.HASH: "once_key",
            Holds.SETTING: "template",
            Holds.CODE: "kind state why",
        },
    ),
    PersonalTable(
        do_not_send,
        part="no_text_messages",
        copied="number",
        kept={"number": "their own wish to be sent nothing holds only while the number is known (E3)"},
        nothing={Holds.CODE: "how", Holds.STAFF: "by"},
    ),
)
