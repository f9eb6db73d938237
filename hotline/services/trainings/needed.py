"""What operators need, by the queues that they take calls of."""

from __future__ import annotations

from hotline.settings import Settings


def queues_of(settings: Settings, extension: str) -> tuple[str, ...]:
    """Of this operator; none named is every one. () for an extension of nobody."""
    operator = settings.operators.get(extension)
    return () if operator is None else operator.queues or tuple(settings.queues)
