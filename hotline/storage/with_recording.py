"""E2: what goes with a recording whose time is over. A feature tells it in a module `with_recording` of its folder."""

from __future__ import annotations

from sqlalchemy import Connection

from hotline.discovery import gathered
from hotline.storage.kept_for import CallKey


class GoesWithRecording:
    """What a feature tells as `GOES`."""

    def forget(self, connection: Connection, recording_id: int, call: CallKey) -> None:
        """Delete what this recording said, in the transaction that says that it is deleted."""
        raise NotImplementedError


def forget_with(connection: Connection, recording_id: int, call: CallKey) -> None:
    """Of all features."""
    for each in gathered("hotline.storage", "with_recording", "GOES", GoesWithRecording):
        each.forget(connection, recording_id, call)
