"""Asterisk, as far as the services act on it; hotline.asterisk and the tests' own fulfil it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class PbxPart(StrEnum):
    """What of Asterisk can be told to read its file anew while calls are talked, by the name that it reloads by."""

    PHONES = "res_pjsip"
    QUEUES = "app_queue"
    DIALPLAN = "pbx_config"
    TRANSFERS = "features"  # no module: Asterisk's own core


def penalty_of(level: int) -> str:
    """What a level within a queue is to Asterisk, where the first has none."""
    return str(level - 1)


class Pbx(Protocol):
    """Asterisk, as far as the services act on it. Each raises hotline.domain.errors.PbxError."""

    def clock_ahead(self, now: datetime) -> timedelta:
        """How far Asterisk's own clock is ahead of `now`; behind it: negative."""

    def database_put(self, family: str, key: str, value: str) -> None: ...
    def database_delete(self, family: str, key: str) -> None:
        """A key that is not there was deleted already."""

    def database_of(self, family: str) -> Mapping[str, str]:
        """Every key of this family, and its value."""

    def originate(
        self, channel: str, context: str, exten: str, caller_id: str, variables: Mapping[str, str], timeout_seconds: int
    ) -> None: ...
    def begin_dial(
        self, extension: str, linkedid: str, permitted: tuple[str, str], caller_id: str, pause: str, seconds: int
    ) -> None:
        """The operator is offered no call, for the reason `pause`, and their phone is rung for a call of that Linkedid,
        for so many seconds. `permitted`: family and value of what the dialplan finds under the Linkedid."""

    def queue_add(self, queue: str, extension: str, name: str, paused: bool = False, level: int = 1) -> None: ...
    def queue_level(self, queue: str, extension: str, level: int) -> None:
        """Whoever is signed in there is of this level now; one who is not signed in stays so."""

    def queue_remove(self, queue: str, extension: str) -> None: ...
    def queue_pause(self, extension: str, paused: bool, reason: str, queue: str = "") -> None:
        """In this queue, or in all where the operator is signed in; one who is in none stays so."""

    def replace_pause(self, extension: str, over: str, paused: bool, reason: str) -> None:
        """As `queue_pause` in all queues, unless the operator is paused for another reason than `over` ("" none)."""

    def blind_transfer(self, channel: str, exten: str, context: str) -> None:
        """Whoever `channel` talks with goes on at this extension; `channel` is hung up."""

    def attended_transfer(self, channel: str, exten: str, context: str, variables: Mapping[str, str]) -> None:
        """`channel` consults this extension while the other party hears music; hanging up joins the two."""

    def cancel_transfer(self, channel: str) -> None:
        """Back from an attended transfer to the first party."""

    def redirect(self, channel: str, exten: str, context: str) -> None:
        """The channel goes on at this extension; whoever it talked with is hung up."""

    def hang_up(self, channel: str) -> None: ...
    def hang_up_and_wait(self, channels: Collection[str]) -> None:
        """Until Asterisk has none of them any more, or for as long as that may take at most."""

    def hang_up_lost(self, channel: str) -> None:
        """As if its sound had failed: the caller goes on to others."""

    def ask_phone(self, extension: str) -> None:
        """Have Asterisk find out now whether that phone is there."""

    def packets_heard(self, channel: str) -> int:
        """How many packets of sound have come from that phone; 0 for a channel that is gone."""

    def pause_recording(self, channel: str, paused: bool) -> None: ...
    def record_again(self, channel: str, file: str) -> None:
        """Stop the channel's recording and begin it anew, at the end of `file` in the incoming folder."""

    def channels(self) -> list[Mapping[str, str]]:
        """CoreShowChannels."""

    def queue_members(self) -> list[Mapping[str, str]]:
        """Who is signed in to which queue: Queue, Location (PJSIP/<extension>), Paused ("1" or "0"), PausedReason,
        Penalty (`penalty_of` their level)…"""

    def phone_addresses(self) -> frozenset[str]:
        """Where our phones are registered from."""

    def rotate_log(self) -> None:
        """Asterisk puts its log aside and begins another."""

    def reload(self, parts: Iterable[PbxPart]) -> None:
        """These parts read their files anew. No call, no registration and nobody who is signed in is lost by it."""

    def forget_registration(self, extension: str) -> None:
        """Where that phone registered from is forgotten: it is rung no more until it registers again."""

    def registrations(self) -> list[Mapping[str, str]]:
        """Ours with carriers: ObjectName, Status ("Registered", "Unregistered", "Rejected"…)…"""

    def register_again(self, carrier: str) -> None:
        """Our registration with this carrier is made anew at once, by what Asterisk has read."""

    def phones(self) -> list[Mapping[str, str]]:
        """Every SIP endpoint: ObjectName (the extension), DeviceState…"""
