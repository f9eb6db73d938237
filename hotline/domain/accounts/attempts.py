"""How fast somebody may guess, and whose guesses are counted together.

Wrong passwords are counted by name *and* address (or known browser), so that nobody can shut out somebody else: neither
the person behind a name by guessing from elsewhere, nor the colleagues behind an address. Bounds that are far higher
hold for an address over all names, and for a name over all addresses. Tokens and links are random and long: whoever
has a valid one is never counted, and wrong ones are only told to wait.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class Guessed(StrEnum):
    PASSWORD = "sign_in"
    TOKEN = "token"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many guesses of this kind by one subject in a window of so many seconds."""

    kind: str
    most: int
    seconds: int

    def window(self, now: datetime) -> datetime:
        """When the window began that `now` lies in."""
        return datetime.fromtimestamp(int(now.timestamp()) // self.seconds * self.seconds, UTC)

    def left(self, now: datetime) -> int:
        """Whole seconds until it ends."""
        return max(int((self.window(now) + timedelta(seconds=self.seconds) - now).total_seconds()), 1)


@dataclass(frozen=True, slots=True)
class GuessCount:
    """What one guess is counted under."""

    limit: Limit
    subject: str


@dataclass(frozen=True, slots=True)
class Window:
    """How often somebody did something within a window."""

    kind: str
    subject: str
    began_at: datetime
    count: int


_NAME_AT_MINUTE = Limit("name_at.minute", 10, 60)
_NAME_AT_HOUR = Limit("name_at.hour", 60, 3600)
_NAME_ANYWHERE = Limit("name", 300, 3600)
_ADDRESS = Limit("address", 200, 60)

#: Codes of a second factor. Only who has the password gets so far, so an account's are counted wherever they come from:
#: of the million that there are, three fit at a time.
_CODE_AT_MINUTE = Limit("code.minute", 5, 60)
_CODE_AT_HOUR = Limit("code.hour", 30, 3600)

#: Wrong tokens and links from one address. Beyond, wrong ones are told to wait; valid ones are let in all the same.
WRONG_GUESSES = {kind: Limit(f"wrong.{kind}", 20, 60) for kind in (Guessed.TOKEN, Guessed.LINK)}

#: What was told to wait, counted for the audit log: one entry a minute and address.
SLOWED = {kind: Limit(f"slowed.{kind}", 0, 60) for kind in Guessed}

#: No window is longer.
LONGEST = timedelta(hours=1)


def counted_for_password(name: str, address: str, device: str) -> tuple[GuessCount, ...]:
    """`device`: the browser's own name where it is known to this account, else "". Whoever has stolen a known browser
    guesses no faster than others; whoever has none cannot shut it out. The address comes first: where that is used up,
    nothing more is counted, so that no flood of names fills the database."""
    if device:
        return tuple(GuessCount(limit, f"{name} device {device}") for limit in (_NAME_AT_MINUTE, _NAME_AT_HOUR))
    place = network_of(address)
    pair = f"{name} at {place}"
    return (
        GuessCount(_ADDRESS, place),
        GuessCount(_NAME_AT_MINUTE, pair),
        GuessCount(_NAME_AT_HOUR, pair),
        GuessCount(_NAME_ANYWHERE, name),
    )


def counted_for_code(account: int) -> tuple[GuessCount, ...]:
    """A code of the second factor of this account."""
    return tuple(GuessCount(limit, str(account)) for limit in (_CODE_AT_MINUTE, _CODE_AT_HOUR))


def network_of(address: str) -> str:
    """What one subscriber has: an IPv4 address, or the /64 of an IPv6 one, in which they choose addresses freely."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
