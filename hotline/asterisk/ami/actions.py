"""What we make Asterisk do, over AMI.

A connection an action, on asterisk-ami: actions are few, a login costs a few milliseconds, and nothing that
an idle connection can suffer between two actions has to be thought of. So several threads may share one
AmiPbx.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from uuid import uuid4

from asterisk.ami import Action, Event, Response

from hotline.asterisk.ami.action import checked
from hotline.asterisk.ami.client import Client
from hotline.asterisk.ami.session import Peer
from hotline.domain.errors import PbxError
from hotline.services.pbx import PbxPart, penalty_of
from hotline.services.unreachable import why_unreachable

#: Seconds for connecting, login and action together.
ACTION_SECONDS = 5.0

Headers = Mapping[str, str]


#: Seconds within which Asterisk says that it cannot even ring a phone.
REFUSED_WITHIN = 0.1

#: Seconds in which a frame surely passes: five packets of 20 ms.
FRAME_SECONDS = 0.1

#: Seconds until a channel that is hung up is gone for certain, and between two looks whether it is.
GONE_WITHIN, LOOK_AGAIN = 2.0, 0.02


class _Lost:
    """Nothing more will come."""


class Conversation:
    """One logged-in connection. Every wait ends at `deadline` (on the monotonic clock)."""

    def __init__(self, peer: Peer, deadline: float) -> None:
        self._peer, self._deadline = peer, deadline
        self._heard: SimpleQueue[Response | Event | _Lost] = SimpleQueue()
        self._client = Client(peer, self._left(), lambda _reason: self._heard.put(_Lost()))
        self._client.add_listener(
            on_response=lambda source, response: self._heard.put(response),
            on_event=lambda source, event: self._heard.put(event),
        )

    def open(self) -> None:
        """Connect and log in. Raises PbxError."""
        try:
            self._client.connect()
        except OSError as error:
            raise PbxError("asterisk.unreachable", where=self._where, why=why_unreachable(error)) from error
        self.ask("Login", {"Username": self._peer.username, "Secret": self._peer.password, "Events": "off"})

    def close(self) -> None:
        self._client.disconnect()

    def ask(self, name: str, headers: Headers, variables: Headers | None = None) -> Response:
        """Send the action and give its response. Raises PbxError when it is refused or does not come in
        time."""
        return self._response(name, self._send(name, headers, variables or {}))

    def begin(self, name: str, headers: Headers, seconds: float) -> None:
        """Send an action that goes on for long. Raises PbxError when it is refused within so many seconds."""
        action_id = self._send(name, headers, {})
        self._deadline = min(self._deadline, monotonic() + seconds)
        try:
            self._response(name, action_id)
        except PbxError as error:
            if error.code != "asterisk.no_answer":
                raise

    def ask_list(self, name: str, headers: Headers) -> list[Headers]:
        """Send an action that is answered with a list; its entries. Raises PbxError."""
        action_id = self._send(name, headers, {})
        self._response(name, action_id)
        entries: list[Headers] = []
        while True:
            heard = self._next(name)
            if not isinstance(heard, Event) or heard.keys.get("ActionID") != action_id:
                continue
            if heard.keys.get("EventList") == "Complete":
                return entries
            entries.append({"Event": heard.name, **heard.keys})

    def _send(self, name: str, headers: Headers, variables: Headers) -> str:
        action_id = uuid4().hex
        keys = {key: checked(key, value) for key, value in headers.items()}
        named = {checked("a variable", key): checked(key, value) for key, value in variables.items()}
        try:
            self._client.send_action(Action(name, {"ActionID": action_id, **keys}, named))
        except OSError as error:
            raise PbxError("asterisk.gone", where=self._where, why=why_unreachable(error)) from error
        return action_id

    def _response(self, name: str, action_id: str) -> Response:
        while True:
            heard = self._next(name)
            if isinstance(heard, Response) and heard.keys.get("ActionID") == action_id:
                if heard.is_error():
                    raise PbxError("asterisk.refused", action=name, said=heard.keys.get("Message", "–"))
                return heard

    def _next(self, name: str) -> Response | Event:
        try:
            heard = self._heard.get(timeout=max(0.0, self._left()))
        except Empty:
            raise PbxError("asterisk.no_answer", where=self._where, action=name) from None
        if isinstance(heard, _Lost):
            raise PbxError("asterisk.closed", where=self._where, action=name)
        return heard

    def _left(self) -> float:
        return max(0.01, self._deadline - monotonic())

    @property
    def _where(self) -> str:
        return f"{self._peer.host}:{self._peer.port}"


def _answer(error: PbxError) -> str:
    """What Asterisk said when it refused, in small letters; "" for an error of another kind."""
    return str(error.values["said"]).lower() if error.code == "asterisk.refused" else ""


def _ask(
    conversation: Conversation, name: str, headers: Headers, variables: Headers | None = None, done: str = ""
) -> None:
    """`done`: the refusal that says that things are as they were asked to be."""
    try:
        conversation.ask(name, headers, variables)
    except PbxError as error:
        if not done or done not in _answer(error):
            raise


def _entries(conversation: Conversation, name: str, event: str, headers: Headers) -> list[Headers]:
    return [entry for entry in conversation.ask_list(name, headers) if entry["Event"] == event]


def _pause(conversation: Conversation, extension: str, paused: bool, reason: str, queue: str = "") -> None:
    headers = {"Interface": f"PJSIP/{extension}", "Paused": "true" if paused else "false", "Reason": reason}
    _ask(conversation, "QueuePause", headers | ({"Queue": queue} if queue else {}), done="interface not found")


#: Where Asterisk keeps what phones have registered: a key a contact, <extension>;@<hash>.
_REGISTRATIONS = "registrar/contact"

#: In what an endpoint's contacts are listed as: 1001/sip:1001@192.0.2.30:5060;transport=tls,…
_CONTACT_HOST = re.compile(r"/sips?:(?:[^@,]*@)?(\[[^\],]+\]|[^:;>?,]+)")


class AmiPbx:
    """Fulfils hotline.services.pbx.Pbx. Every method raises PbxError: manager away, login refused, action
    refused, no answer within `limit` seconds, or a line break in a value."""

    def __init__(self, peer: Peer, limit: float = ACTION_SECONDS) -> None:
        self._peer, self._limit = peer, limit

    def clock_ahead(self, now: datetime) -> timedelta:
        """Asterisk tells its clock with each answer to a Ping, in seconds since 1970."""
        with self._conversation() as conversation:
            told = conversation.ask("Ping", {}).keys.get("Timestamp", "")
        try:
            return datetime.fromtimestamp(float(told), UTC) - now
        except (ValueError, OverflowError, OSError):
            raise PbxError("asterisk.no_time", said=str(told)) from None

    def database_put(self, family: str, key: str, value: str) -> None:
        self._ask("DBPut", {"Family": family, "Key": key, "Val": value})

    def database_delete(self, family: str, key: str) -> None:
        self._ask("DBDel", {"Family": family, "Key": key}, done="not found")

    def database_of(self, family: str) -> Headers:
        with self._conversation() as conversation:
            entries = conversation.ask_list("DBGetTree", {"Family": family})
        prefix = f"/{family}/"
        return {
            entry["Key"].removeprefix(prefix): entry["Val"]
            for entry in entries
            if entry.get("Key", "").startswith(prefix)
        }

    def originate(
        self, channel: str, context: str, exten: str, caller_id: str, variables: Headers, timeout_seconds: int
    ) -> None:
        """Asterisk begins to dial `channel` and connects it, once answered, to the extension; that it has
        begun is all that is known when this returns."""
        headers = {
            "Channel": channel,
            "Context": context,
            "Exten": exten,
            "Priority": "1",
            "CallerID": caller_id,
            "Timeout": str(timeout_seconds * 1000),
            "Async": "true",
        }
        self._ask("Originate", headers, variables)

    def begin_dial(
        self, extension: str, linkedid: str, permitted: tuple[str, str], caller_id: str, pause: str, seconds: int
    ) -> None:
        """All over one connection: somebody waits for it."""
        interface, (family, value) = f"PJSIP/{extension}", permitted
        ring = {
            "Channel": interface,
            "ChannelId": linkedid,
            "PreDialGoSub": f"hl-dial-begin,s,1({value})",
            "Context": "hl-dial",
            "Exten": "s",
            "Priority": "1",
            "CallerID": caller_id,
            "Timeout": str(seconds * 1000),
            # Asterisk prepares a phone's channel (PreDialGoSub) only for who waits until it is picked up.
            "Async": "false",
        }
        with self._conversation() as conversation:
            conversation.ask("QueuePause", {"Interface": interface, "Paused": "true", "Reason": pause})
            conversation.ask("DBPut", {"Family": family, "Key": linkedid, "Val": value})
            conversation.begin("Originate", ring, REFUSED_WITHIN)

    def queue_add(self, queue: str, extension: str, name: str, paused: bool = False, level: int = 1) -> None:
        """Sign the operator in, `paused` or not; one who is signed in already stays as they are."""
        interface = f"PJSIP/{extension}"
        headers = {
            "Queue": queue,
            "Interface": interface,
            "MemberName": name,
            "StateInterface": interface,
            "Penalty": penalty_of(level),
            "Paused": "true" if paused else "false",
        }
        self._ask("QueueAdd", headers, done="already there")

    def queue_level(self, queue: str, extension: str, level: int) -> None:
        """One who is not signed in stays so."""
        headers = {"Interface": f"PJSIP/{extension}", "Penalty": penalty_of(level), "Queue": queue}
        self._ask("QueuePenalty", headers, done="invalid interface")

    def queue_remove(self, queue: str, extension: str) -> None:
        """Sign the operator out; one who is not signed in stays so."""
        self._ask("QueueRemove", {"Queue": queue, "Interface": f"PJSIP/{extension}"}, done="not there")

    def queue_pause(self, extension: str, paused: bool, reason: str, queue: str = "") -> None:
        """In this queue, or in all where the operator is signed in; one who is in none stays so."""
        with self._conversation() as conversation:
            _pause(conversation, extension, paused, reason, queue)

    def replace_pause(self, extension: str, over: str, paused: bool, reason: str) -> None:
        """All over one connection."""
        with self._conversation() as conversation:
            members = _entries(conversation, "QueueStatus", "QueueMember", {"Member": f"PJSIP/{extension}"})
            if {member["PausedReason"] for member in members if member["Paused"] == "1"} <= {over}:
                _pause(conversation, extension, paused, reason)

    def blind_transfer(self, channel: str, exten: str, context: str) -> None:
        """Whoever `channel` talks with goes on at this extension; `channel` is hung up."""
        self._ask("BlindTransfer", {"Channel": channel, "Context": context, "Exten": exten})

    def attended_transfer(self, channel: str, exten: str, context: str, variables: Headers) -> None:
        """`channel` consults this extension while the other party hears music; hanging up joins the two.
        `exten`: digits. The variables reach the extension (they are set on `channel`, to be inherited)."""
        with self._conversation() as conversation:
            for name, value in variables.items():
                conversation.ask("Setvar", {"Channel": channel, "Variable": f"__{name}", "Value": value})
            conversation.ask("Atxfer", {"Channel": channel, "Context": context, "Exten": exten})

    def cancel_transfer(self, channel: str) -> None:
        """Back from an attended transfer to the first party."""
        self._ask("CancelAtxfer", {"Channel": channel})

    def redirect(self, channel: str, exten: str, context: str) -> None:
        """The channel goes on at this extension; whoever it talked with is hung up."""
        self._ask("Redirect", {"Channel": channel, "Context": context, "Exten": exten, "Priority": "1"})

    def hang_up(self, channel: str) -> None:
        """As our side's phone would: cause 16. A channel that is gone already is what was asked for."""
        self._ask("Hangup", {"Channel": channel, "Cause": "16"}, done="no such channel")

    def hang_up_and_wait(self, channels: Collection[str]) -> None:
        """A channel ends a moment after it was told to."""
        for channel in channels:
            self.hang_up(channel)
        deadline = monotonic() + GONE_WITHIN
        while channels and monotonic() < deadline and any(each["Channel"] in channels for each in self.channels()):
            sleep(LOOK_AGAIN)

    def hang_up_lost(self, channel: str) -> None:
        """As if its sound had failed: cause 44, on which the dialplan offers the caller to others."""
        self._ask("Hangup", {"Channel": channel, "Cause": "44"}, done="no such channel")

    def ask_phone(self, extension: str) -> None:
        """By OPTIONS, now; a phone that is not registered is not asked."""
        self._ask("PJSIPQualify", {"Endpoint": extension}, done="unable to retrieve")

    def packets_heard(self, channel: str) -> int:
        with self._conversation() as conversation:
            try:
                said = conversation.ask("Getvar", {"Channel": channel, "Variable": "CHANNEL(rtcp,rxcount)"})
            except PbxError as error:
                if "no such channel" in _answer(error):
                    return 0
                raise
        value = str(said.keys.get("Value", "")).strip()
        return int(value) if value.isdigit() else 0

    def pause_recording(self, channel: str, paused: bool) -> None:
        mute = {"Channel": channel, "Direction": "both", "State": "1" if paused else "0"}
        mark = {"Channel": channel, "Variable": "HL_PAUSED", "Value": "1" if paused else ""}
        # The mark, by which the dialplan begins no recording anew, is never shorter than the pause.
        steps = [("Setvar", mark), ("MixMonitorMute", mute)]
        with self._conversation() as conversation:
            for action, headers in steps if paused else reversed(steps):
                conversation.ask(action, headers)

    def record_again(self, channel: str, file: str) -> None:
        """`file` with its folder. Between stop and start a frame has to pass: only then does Asterisk let go of
        the translator that takes the next party's sound for late packets of the last one's."""
        self._ask("StopMixMonitor", {"Channel": channel})
        sleep(FRAME_SECONDS)
        self._ask("MixMonitor", {"Channel": channel, "File": file, "options": "aD"})

    def channels(self) -> list[Headers]:
        return self._list("CoreShowChannels", "CoreShowChannel")

    def queue_members(self) -> list[Headers]:
        """Who is signed in to which queue: Queue, Location (PJSIP/<extension>), Name, Status, Paused, PausedReason,
        InCall…"""
        return self._list("QueueStatus", "QueueMember")

    def phone_addresses(self) -> frozenset[str]:
        """The addresses in the contacts, which are those that the phones' requests came from (rewrite_contact)."""
        listed = ",".join(phone.get("Contacts", "") for phone in self.phones())
        return frozenset(host.strip("[]") for host in _CONTACT_HOST.findall(listed))

    def rotate_log(self) -> None:
        self._ask("LoggerRotate", {})

    def reload(self, parts: Iterable[PbxPart]) -> None:
        for part in parts:
            self._ask("Reload", {"Module": part if part is PbxPart.TRANSFERS else f"{part}.so"})

    def forget_registration(self, extension: str) -> None:
        for key in self.database_of(_REGISTRATIONS):
            if key.partition(";@")[0] == extension:
                self.database_delete(_REGISTRATIONS, key)

    def registrations(self) -> list[Headers]:
        """Ours with carriers: ObjectName, Status…"""
        return self._list("PJSIPShowRegistrationsOutbound", "OutboundRegistrationDetail")

    def register_again(self, carrier: str) -> None:
        self._ask("PJSIPRegister", {"Registration": carrier})

    def phones(self) -> list[Headers]:
        """Every SIP endpoint: ObjectName (the extension), DeviceState, Contacts…"""
        return self._list("PJSIPShowEndpoints", "EndpointList")

    def _ask(self, name: str, headers: Headers, variables: Headers | None = None, done: str = "") -> None:
        """`done`: the refusal that says that things are as they were asked to be."""
        with self._conversation() as conversation:
            _ask(conversation, name, headers, variables, done)

    def _list(self, name: str, event: str) -> list[Headers]:
        with self._conversation() as conversation:
            return _entries(conversation, name, event, {})

    @contextmanager
    def _conversation(self) -> Iterator[Conversation]:
        conversation = Conversation(self._peer, monotonic() + self._limit)
        try:
            conversation.open()
            yield conversation
        finally:
            conversation.close()
