"""Calls with a customer at the other end, whichever of the two called."""

from __future__ import annotations

from hotline.domain.calls.call import WITH_CUSTOMER
from hotline.storage.calls.tables import call

IS_WITH_CUSTOMER = call.c.direction.in_(sorted(direction.value for direction in WITH_CUSTOMER))
