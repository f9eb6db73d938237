"""What follows from the calls that the ledger writes down, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.storage.transaction import Transaction

#: Does what follows from these calls as they are now. The same calls come again with every fold of theirs: doing it
#: again must change nothing, and cost next to nothing.
Consequence = Callable[[Transaction, Sequence[Call], datetime], None]
