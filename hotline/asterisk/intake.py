"""Sorts frames by what they are about, and counts those that could not be read."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from hotline.asterisk.presence_events import OperatorNotice
from hotline.asterisk.translate import Booted, CelNotice, MissingHeader, ShuttingDown, translate
from hotline.domain.calls.events import ChannelEvent, Fact
from hotline.domain.ways_in.strangers import Stranger

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IntakeEvents:
    """`of_calls`, `of_asterisk`, `of_operators` and `of_strangers`, each in order of arrival."""

    of_calls: list[CelNotice | Fact] = field(default_factory=list)
    of_asterisk: list[Booted | ShuttingDown] = field(default_factory=list)
    of_operators: list[OperatorNotice] = field(default_factory=list)
    of_strangers: list[Stranger] = field(default_factory=list)


class Intake:
    """`unreadable` counts frames by event and missing header; the log tells the first of each."""

    def __init__(self) -> None:
        self.unreadable: Counter[tuple[str, str]] = Counter()

    def read(self, frames: Iterable[bytes]) -> IntakeEvents:
        """What the frames tell; frames of no use are left out."""
        told = IntakeEvents()
        for frame in frames:
            try:
                found = translate(frame)
            except MissingHeader as error:
                self._count(error)
                continue
            if isinstance(found, (CelNotice, Fact)):
                told.of_calls.append(found)
            elif isinstance(found, (Booted, ShuttingDown)):
                told.of_asterisk.append(found)
            elif isinstance(found, Stranger):
                told.of_strangers.append(found)
            elif found is not None:
                told.of_operators.append(found)
        return told

    def open(self, notice: CelNotice) -> ChannelEvent | None:
        """The channel event in the notice; None if it cannot be read."""
        try:
            return notice.read()
        except MissingHeader as error:
            self._count(error)
            return None

    def _count(self, error: MissingHeader) -> None:
        key = (error.event, error.header)
        self.unreadable[key] += 1
        if self.unreadable[key] == 1:
            logger.error("AMI events: %s; further ones are only counted", error)
