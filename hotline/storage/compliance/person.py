"""G3: signatures are our examiners', and hold counts alone."""

from __future__ import annotations

from hotline.storage.compliance.tables import report_signature
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        report_signature, nothing={Holds.CODE: "first_day last_day figures digest", Holds.STAFF: "signed_by"}
    ),
)
