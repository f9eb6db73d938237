"""What else is written when the ledger writes calls, in the same transaction: told by features, each in
`hotline/services/<feature>/consequences.py`."""

from __future__ import annotations

from hotline.discovery import gathered
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.settings import Settings


def consequences(settings: Settings) -> tuple[Consequence, ...]:
    """All that a site's calls have. None may count on another's having been before it."""
    told = gathered("hotline.services", "consequences", "CONSEQUENCES", Consequences)
    return tuple(each for feature in told for each in feature.make(settings))
