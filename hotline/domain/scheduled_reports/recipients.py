"""To whom reports go by mail."""

from __future__ import annotations

import re
from collections.abc import Collection

#: What may be chosen besides roles: who leads a team or department; and one person.
LEADERS = "leaders"
PERSON = re.compile(r"person:([1-9][0-9]{0,8})")


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].casefold()


def goes_to(address: str, allowed: Collection[str], sender: str) -> bool:
    """Whether reports may go to this mail address: its domain is allowed, or without any that is, the sender's own.
    A domain within an allowed one is another one. Where there is no address, or no mail at all, nothing goes out."""
    domains = {each.casefold() for each in allowed} or {domain_of(sender)}
    return not address or domains == {""} or ("@" in address and domain_of(address) in domains)
