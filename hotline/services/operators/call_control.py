"""What people do with calls in progress, other than passing them on: hang up, come back after the page was reloaded.

Listening in stands in hotline.services.floor.monitoring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hotline.domain.errors import NotFound, PhoneHoldsItself
from hotline.domain.operators.presence import Activity, OperatorPresence
from hotline.services.pbx import Pbx
from hotline.services.recordings.pause import recorded_channel
from hotline.settings import Settings

#: Contexts of config/asterisk/extensions.conf.j2.
TRANSFER_CONTEXT = "hl-transfer"
REJOIN_CONTEXT = "hl-rejoin"
PREFERRED_CONTEXT = "hl-preferred"
SPY_CONTEXT = "hl-spy"

#: What Asterisk calls a channel whose phone has been called and not yet answered.
_RINGING = ("Down", "Ring", "Ringing")


def channel_of(pbx: Pbx, linkedid: str, extension: str) -> str:
    """The operator's channel in this call. Raises NotFound when they are not on it, PbxError."""
    for channel in pbx.channels():
        if channel.get("Linkedid") == linkedid and is_of(channel, extension):
            return channel["Channel"]
    raise NotFound("operators.not_on_this_call", extension=extension)


def talking_with(pbx: Pbx, extensions: Iterable[str], caller: str) -> dict[str, str]:
    """Which of these operators have the caller on that channel now, with their own channels; not who consults a
    colleague, nor who has barged in. As Asterisk says: the ledger knows of a talk's beginning and end later
    (docs/decisions/0080). Raises PbxError."""
    channels = pbx.channels()
    bridge = next((each.get("BridgeId") for each in channels if each.get("Channel") == caller), None)
    bridged = [each for each in channels if bridge and each.get("BridgeId") == bridge]
    there = [each for each in bridged if each.get("Context") != SPY_CONTEXT]
    return {extension: each["Channel"] for extension in extensions for each in there if is_of(each, extension)}


def hang_up(pbx: Pbx, linkedid: str, extension: str) -> None:
    """End the operator's part in the call, which ends it for the caller; a ringing one goes on to others. Raises
    NotFound, PbxError."""
    pbx.hang_up(channel_of(pbx, linkedid, extension))


def stop_ringing(pbx: Pbx, extension: str) -> None:
    """The operator has signed out, or their phone is gone: what rings there for the callers of queues goes on to
    others, or to the next step when nobody is left. Whoever is passed on to them in person still rings. Raises
    PbxError."""
    channels = pbx.channels()
    preferred = {channel.get("Linkedid") for channel in channels if channel.get("Context") == PREFERRED_CONTEXT}
    for channel in channels:
        offered = channel.get("Application") == "AppQueue" or channel.get("Linkedid") in preferred
        if offered and is_of(channel, extension) and channel.get("ChannelStateDesc") in _RINGING:
            pbx.hang_up(channel["Channel"])


def end_barging_in(pbx: Pbx, linkedid: str) -> None:
    """Whoever has barged in on this call goes, before the caller is led elsewhere or waits for a consultation: out of a
    bridge of three Asterisk leads nobody anywhere, but dials the target into it, and leaves those who remain with each
    other. Raises PbxError."""
    joined = [
        channel["Channel"]
        for channel in pbx.channels()
        if channel.get("Linkedid") == linkedid and channel.get("Context") == SPY_CONTEXT
    ]
    pbx.hang_up_and_wait(joined)


def heard_of(pbx: Pbx, extension: str) -> dict[str, int]:
    """Packets of sound that have come from the operator's phone in each of its talks, by channel. Raises PbxError."""
    talks = [
        channel["Channel"]
        for channel in pbx.channels()
        if is_of(channel, extension) and channel.get("ChannelStateDesc") == "Up"
    ]
    return {channel: pbx.packets_heard(channel) for channel in talks}


def hold(settings: Settings, extension: str) -> None:
    """Asterisk cannot put anybody on hold from outside: music, reminders (A13) and the ledger follow from the phone's
    own re-INVITE, which the browser's phone sends by its button and a desk phone by its key. Raises
    PhoneHoldsItself."""
    kind = "the phone in the browser" if settings.operators[extension].phone == "webrtc" else "the desk phone's own key"
    raise PhoneHoldsItself("operators.phone_holds_itself", kind=kind)


def rejoin(pbx: Pbx, linkedid: str, extension: str) -> None:
    """The operator's page was reloaded in mid-call: the caller hears music while their phone is rung again, and is
    back in the queue when it is not answered in time. Raises NotFound when the call is over, PbxError."""
    lead_away(pbx, linkedid, recorded_channel(pbx, linkedid), extension, REJOIN_CONTEXT)


def lead_away(pbx: Pbx, linkedid: str, customers: str, extension: str, context: str) -> None:
    """The customer alone goes on there. Whoever else is in the call, on it or in a consultation about it, is hung up:
    Asterisk does so of itself only with the last one who is left in the customer's bridge. Raises PbxError."""
    others = [each["Channel"] for each in pbx.channels() if each.get("Linkedid") == linkedid]
    pbx.redirect(customers, extension, context)
    pbx.hang_up_and_wait([channel for channel in others if channel != customers])


def may_rejoin(presence: OperatorPresence | None, linkedid: str) -> bool:
    """Whether the call is still this operator's, as far as their row says."""
    busy = presence is not None and presence.activity in (Activity.TALKING, Activity.HOLDING)
    return busy and presence is not None and presence.linkedid == linkedid


def is_of(channel: Mapping[str, str], extension: str) -> bool:
    """Whether a channel, as Asterisk lists it, is this operator's phone."""
    return channel.get("Channel", "").startswith(f"PJSIP/{extension}-")
