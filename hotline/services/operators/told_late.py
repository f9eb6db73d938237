"""What is known of a call a moment later than to whoever is in it (docs/decisions/0080)."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

from hotline.domain.errors import PbxError

#: The ledger is told within a third of a second; so many looks, so many seconds apart, are enough.
LOOKS = 6
_APART = 0.1


def wait_while(is_late: Callable[[], bool]) -> None:
    """Until the ledger has caught up with Asterisk, half a second at most. An Asterisk that does not answer is waited
    for by nobody."""
    for _look in range(LOOKS):
        try:
            if not is_late():
                return
        except PbxError:
            return
        sleep(_APART)
