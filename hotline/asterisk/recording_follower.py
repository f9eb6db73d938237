"""Keeps the recording complete when another of our phones joins a call in a way that the dialplan cannot see.

Asterisk's translators take sound whose RTP sequence numbers begin lower for late packets and leave it out
(docs/decisions/0002). On a blind transfer the dialplan begins the recording anew, unless it is paused; an attended
transfer and the return from hold pass it by. All that is left to the listener, which keeps a pause.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from hotline.domain.calls.call import Call
from hotline.domain.errors import HotlineError
from hotline.services.pbx import Pbx
from hotline.services.recordings.pause import is_paused, recorded_channel
from hotline.storage.transaction import Storage

logger = logging.getLogger(__name__)


class RecordingFollower:
    """`told` comes on the listener's thread and never waits; Asterisk is asked on a thread of its own."""

    def __init__(self, storage: Storage, pbx: Pbx, node: str, incoming: Path) -> None:
        self._storage, self._pbx, self._node, self._incoming = storage, pbx, node, incoming
        self._changes: dict[str, int] = {}
        self._talks: dict[str, int] = {}
        self._asking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recording-follower")

    def told(self, calls: Sequence[Call]) -> None:
        for call in calls:
            if call.ended_at is not None:
                self._changes.pop(call.linkedid, None)
                self._talks.pop(call.linkedid, None)
                continue
            changes = changes_of_party(call)
            known = self._changes.get(call.linkedid, 0)
            file = next((r.file for r in call.recordings if r.kind == "talk"), "")
            talks, talks_known = len(call.talks), self._talks.get(call.linkedid, 0)
            self._talks[call.linkedid] = max(talks, talks_known)
            if changes > known and file:
                self._changes[call.linkedid] = changes
                self._asking.submit(self._again, call.linkedid, file).add_done_callback(_tell)
            elif talks > max(talks_known, 1) and file:
                self._asking.submit(self._again_if_paused, call.linkedid, file).add_done_callback(_tell)

    def _again_if_paused(self, linkedid: str, file: str) -> None:
        """Somebody else has come on by the dialplan."""
        if is_paused(self._storage, self._node, linkedid):
            self._again(linkedid, file)

    def _again(self, linkedid: str, file: str) -> None:
        """A recording that cannot be begun anew goes on as it is; the log says that our side may be missing."""
        try:
            channel = recorded_channel(self._pbx, linkedid)
            logger.info("call %s: the recording begins anew on %s", linkedid, channel)
            self._pbx.record_again(channel, str(self._incoming / file))
            if is_paused(self._storage, self._node, linkedid):
                self._pbx.pause_recording(channel, True)
        except HotlineError as error:
            logger.warning("call %s: our side may be missing from the recording: %s", linkedid, error)


def _tell(asked: Future[None]) -> None:
    error = asked.exception()
    if error is not None:
        logger.error("a recording was not begun anew", exc_info=error)


def changes_of_party(call: Call) -> int:
    """How often a phone of ours came on without the dialplan: attended transfers, and holds that are over."""
    attended = sum(transfer.kind == "attended" for transfer in call.transfers)
    return attended + sum(hold.ended_at is not None for hold in call.holds)
