"""What people are told of how they sign in."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: To whose it was: whoever did not ask for it hears that somebody did. Values: by.
SECOND_FACTOR_RESET = NotificationKind("second_factor_reset", demanded=True, to_do=False)

KINDS = (SECOND_FACTOR_RESET,)
