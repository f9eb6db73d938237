"""What follows from a breach by the settings."""

from __future__ import annotations

from hotline.domain.breaches.breach import BreachKind, Terms
from hotline.settings import Settings


def terms_of(kind: BreachKind, settings: Settings) -> Terms:
    """Complaints double where they come again (003 长城 一.2, 001-5 三.5); shifts cost the same each time."""
    it = settings.breaches
    match kind:
        case BreachKind.SERVICE_COMPLAINT:
            return Terms(it.service_complaint_yuan, it.again_days, it.service_complaint_dismissal)
        case BreachKind.PUBLIC_COMPLAINT:
            return Terms(it.public_complaint_yuan, it.again_days)
        case BreachKind.UNANSWERED_DISPATCH:
            return Terms(it.unanswered_dispatch_yuan, it.again_days)
        case BreachKind.EMPTY_SHIFT:
            return Terms(it.empty_shift_yuan)
        case BreachKind.BOTCHED_SWAP:
            return Terms(it.botched_swap_yuan)
        case _:
            return Terms()
