"""An Asterisk that does nothing but remember what it was asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from hotline.domain.errors import PbxError
from hotline.services.pbx import PbxPart, penalty_of


class RememberingPbx:
    """Fulfils hotline.services.pbx.Pbx. While `away` is said, everything fails with it."""

    def __init__(self) -> None:
        self.away = ""
        self.ahead = timedelta()
        self.database: dict[str, str] = {}
        self.puts: list[tuple[str, str]] = []
        self.dialled: list[tuple[str, str, str, str, Mapping[str, str], int]] = []
        self.pauses: list[tuple[str, bool]] = []
        self.live: list[Mapping[str, str]] = []
        #: (queue, extension) -> (paused, reason)
        self.members: dict[tuple[str, str], tuple[bool, str]] = {}
        #: Of these those whom Asterisk's own file keeps there: it signs them out of it at no request.
        self.kept: set[tuple[str, str]] = set()
        #: (queue, extension) -> level, where it is not the first.
        self.levels: dict[tuple[str, str], int] = {}
        #: extension -> what is said of its phone (DeviceState).
        self.registered_from: list[str] = []
        self.handsets: dict[str, str] = {}
        #: trunk -> Status of its registration.
        self.registered: dict[str, str] = {}
        #: What was done with channels: the method's name and what it was given.
        #: channel -> packets of sound that have come.
        self.packets: dict[str, int] = {}
        self.acts: list[tuple[str, ...]] = []

    def clock_ahead(self, now: datetime) -> timedelta:
        self._answer()
        return self.ahead

    def database_put(self, family: str, key: str, value: str) -> None:
        self._answer()
        self.database[f"{family}/{key}"] = value
        self.puts.append((key, value))

    def database_delete(self, family: str, key: str) -> None:
        self._answer()
        self.database.pop(f"{family}/{key}", None)

    def database_of(self, family: str) -> Mapping[str, str]:
        self._answer()
        prefix = f"{family}/"
        return {key.removeprefix(prefix): value for key, value in self.database.items() if key.startswith(prefix)}

    def originate(
        self, channel: str, context: str, exten: str, caller_id: str, variables: Mapping[str, str], timeout_seconds: int
    ) -> None:
        self._answer()
        self.dialled.append((channel, context, exten, caller_id, variables, timeout_seconds))

    def begin_dial(
        self, extension: str, linkedid: str, permitted: tuple[str, str], caller_id: str, pause: str, seconds: int
    ) -> None:
        self._act("begin_dial", extension, linkedid, *permitted, caller_id, pause, str(seconds))
        self.queue_pause(extension, True, pause)

    def queue_add(self, queue: str, extension: str, name: str, paused: bool = False, level: int = 1) -> None:
        self._answer()
        if (queue, extension) not in self.members:
            self.members[queue, extension], self.levels[queue, extension] = (paused, ""), level

    def queue_level(self, queue: str, extension: str, level: int) -> None:
        self._answer()
        if (queue, extension) in self.members:
            self.levels[queue, extension] = level

    def queue_remove(self, queue: str, extension: str) -> None:
        self._answer()
        if (queue, extension) in self.kept:
            raise PbxError("asterisk.refused", action="QueueRemove", said="Member not dynamic")
        self.members.pop((queue, extension), None)

    def queue_pause(self, extension: str, paused: bool, reason: str, queue: str = "") -> None:
        self._answer()
        for member in self.members:
            if member[1] == extension and queue in ("", member[0]):
                self.members[member] = (paused, reason if paused else "")

    def replace_pause(self, extension: str, over: str, paused: bool, reason: str) -> None:
        own = [pause for (_queue, each), pause in self.members.items() if each == extension]
        if {why for is_paused, why in own if is_paused} <= {over}:
            self.queue_pause(extension, paused, reason)

    def queue_members(self) -> list[Mapping[str, str]]:
        self._answer()
        return [
            {
                "Queue": queue,
                "Location": f"PJSIP/{each}",
                "Membership": "static" if (queue, each) in self.kept else "dynamic",
                "Paused": str(int(paused)),
                "PausedReason": reason,
                "Penalty": penalty_of(self.levels.get((queue, each), 1)),
            }
            for (queue, each), (paused, reason) in sorted(self.members.items())
        ]

    def blind_transfer(self, channel: str, exten: str, context: str) -> None:
        self._act("blind_transfer", channel, exten, context)

    def attended_transfer(self, channel: str, exten: str, context: str, variables: Mapping[str, str]) -> None:
        self._act("attended_transfer", channel, exten, context, *(f"{k}={v}" for k, v in variables.items()))

    def cancel_transfer(self, channel: str) -> None:
        self._act("cancel_transfer", channel)

    def redirect(self, channel: str, exten: str, context: str) -> None:
        self._act("redirect", channel, exten, context)

    def hang_up(self, channel: str) -> None:
        self._act("hang_up", channel)

    def hang_up_and_wait(self, channels: Collection[str]) -> None:
        for channel in channels:
            self.hang_up(channel)

    def hang_up_lost(self, channel: str) -> None:
        self._act("hang_up_lost", channel)

    def ask_phone(self, extension: str) -> None:
        self._act("ask_phone", extension)

    def packets_heard(self, channel: str) -> int:
        self._answer()
        return self.packets.get(channel, 0)

    def _act(self, *words: str) -> None:
        self._answer()
        self.acts.append(words)

    def pause_recording(self, channel: str, paused: bool) -> None:
        self._answer()
        self.pauses.append((channel, paused))

    def record_again(self, channel: str, file: str) -> None:
        self._act("record_again", channel, file)

    def phone_addresses(self) -> frozenset[str]:
        self._answer()
        return frozenset(self.registered_from)

    def rotate_log(self) -> None:
        self._act("rotate_log")

    def reload(self, parts: Iterable[PbxPart]) -> None:
        self._act("reload", *sorted(parts))

    def forget_registration(self, extension: str) -> None:
        self._act("forget_registration", extension)

    def register_again(self, carrier: str) -> None:
        self._act("register_again", carrier)

    def registrations(self) -> list[Mapping[str, str]]:
        self._answer()
        return [{"ObjectName": name, "Status": status} for name, status in self.registered.items()]

    def phones(self) -> list[Mapping[str, str]]:
        self._answer()
        return [{"ObjectName": name, "DeviceState": state} for name, state in self.handsets.items()]

    def channels(self) -> list[Mapping[str, str]]:
        return self.live

    def _answer(self) -> None:
        if self.away:
            raise PbxError(self.away)
