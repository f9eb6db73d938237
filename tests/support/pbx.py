"""An Asterisk that does nothing but remember what it was asked."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.services.errors import PbxError


class RememberingPbx:
    """Fulfils hotline.services.ports.Pbx. While `away` is said, everything fails with it."""

    def __init__(self) -> None:
        self.away = ""
        self.database: dict[str, str] = {}
        self.puts: list[tuple[str, str]] = []
        self.dialled: list[tuple[str, str, str, str, Mapping[str, str], int]] = []
        self.pauses: list[tuple[str, bool]] = []
        self.live: list[Mapping[str, str]] = []

    def database_put(self, family: str, key: str, value: str) -> None:
        self._answer()
        self.database[f"{family}/{key}"] = value
        self.puts.append((key, value))

    def originate(
        self, channel: str, context: str, exten: str, caller_id: str, variables: Mapping[str, str], timeout_seconds: int
    ) -> None:
        self._answer()
        self.dialled.append((channel, context, exten, caller_id, variables, timeout_seconds))

    def queue_add(self, queue: str, extension: str, name: str) -> None:
        self._answer()

    def queue_remove(self, queue: str, extension: str) -> None:
        self._answer()

    def pause_recording(self, channel: str, paused: bool) -> None:
        self._answer()
        self.pauses.append((channel, paused))

    def channels(self) -> list[Mapping[str, str]]:
        return self.live

    def _answer(self) -> None:
        if self.away:
            raise PbxError(self.away)
