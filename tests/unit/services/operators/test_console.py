"""Whether the phone in a browser stays connected when its session has ended."""

from __future__ import annotations

import pytest

from hotline.domain.operators.presence import Activity, OperatorPresence
from hotline.services.operators.console import phone_may_stay
from hotline.settings.load import default_settings
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING


@pytest.mark.parametrize(
    ("activity", "linkedid", "stays"),
    [
        (Activity.TALKING, "c-1", True),
        (Activity.HOLDING, "c-1", True),
        (Activity.BUSY, "c-1", True),  # consulted, or barged in
        (Activity.BUSY, "", False),  # only the phone says that it is in use
        (Activity.RINGING, "c-1", False),
        (Activity.IDLE, "", False),
    ],
)
def test_a_call_that_was_begun_in_a_session_is_not_cut_by_its_end(
    storage: Storage, activity: Activity, linkedid: str, stays: bool
) -> None:
    with storage.writing() as tx:
        PresenceStore(tx).save([OperatorPresence("1001", MORNING, MORNING, activity=activity, linkedid=linkedid)])
    assert phone_may_stay(storage, default_settings(), None, "1001", MORNING) is stays
