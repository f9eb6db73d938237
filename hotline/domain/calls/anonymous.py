"""What stays of a call whose caller asked that their data be deleted (G3)."""

from __future__ import annotations

from dataclasses import replace

from hotline.domain.calls.call import Call, Caller, Party, PartyKind
from hotline.domain.numbers import NO_NUMBER


def anonymous_call(call: Call) -> Call:
    """The call as the figures need it, without the caller."""
    hang_up = call.hang_up and replace(call.hang_up, by=_nobody(call.hang_up.by))
    transfers = tuple(
        replace(each, from_party=_nobody(each.from_party), to_party=_nobody(each.to_party)) for each in call.transfers
    )
    return replace(
        call,
        caller=Caller(NO_NUMBER, "", withheld=True),
        callback_number=NO_NUMBER,
        hang_up=hang_up,
        transfers=transfers,
    )


def _nobody(party: Party) -> Party:
    return Party(party.kind) if party.kind is PartyKind.CALLER else party
