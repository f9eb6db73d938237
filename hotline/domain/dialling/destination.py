"""Where a number leads: what is dialled freely, what waits for an approval (A17), and what is never dialled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hotline.domain import numbers
from hotline.domain.dialling.patterns import is_plain, is_satellite
from hotline.domain.number_text import MAX_LENGTH, visible
from hotline.domain.numbers import NO_NUMBER, Number


class Destination(StrEnum):
    PLAIN = "plain"
    LONG_DISTANCE = "long_distance"
    SERVICE = "service"
    SATELLITE = "satellite"
    ABROAD = "abroad"
    UNREADABLE = "unreadable"
    EMERGENCY = "emergency"
    EXTENSION = "extension"
    OURS = "ours"


#: No approval opens these.
NEVER = frozenset({Destination.UNREADABLE, Destination.EMERGENCY, Destination.EXTENSION, Destination.OURS})

#: An approval opens these. Long distance joins them where the settings say so.
APPROVED_ONLY = frozenset({Destination.SERVICE, Destination.SATELLITE, Destination.ABROAD})


@dataclass(frozen=True, slots=True)
class Ours:
    """What leads back to us. `numbers`: as `numbers.key` spells lines, shown numbers and duty mobiles."""

    numbers: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Home:
    """Where the line is: its area codes (010), and the places that mobiles of there are attributed to (北京市)."""

    areas: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """`number` is empty for what cannot be read. What is dialled is made of it, never of what somebody wrote."""

    destination: Destination
    number: Number = NO_NUMBER

    @property
    def dialled(self) -> str:
        """The digits that are dialled from China, "" for none."""
        return dialled_digits(self.number)


#: Digits with what people put between them. Everything else means something to a dialplan, a SIP address or a modem:
#: letters, *, #, @, &, a comma, a semicolon.
_WRITTEN = re.compile(r"\+?[0-9 ().\-/]+", re.ASCII)
#: Police, fire, ambulance, traffic police; where mobiles lead 112, 911 and 999 to; and police by text, forest fire,
#: rescue at sea.
EMERGENCIES = ("110", "119", "120", "122", "112", "911", "999", "12110", "12119", "12395", "95119")
_EMERGENCY = re.compile(
    r"(?:179[0-9]{2}|12593|10193|11808)?"  # by way of another network
    r"[09]?"  # an exchange's
    r"(?:(?:00)?86|(?:(?:00)?860?|0)(?:10|2[0-9]|[3-9][0-9]{2}))?"  # of another city
    rf"(?:{'|'.join(EMERGENCIES)})",
    re.ASCII,
)
_AREA = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})", re.ASCII)
#: By which a place is asked of an area code: some number of there.
_SAMPLES = ("66668888", "6666888", "88886666", "8888666")


def read_target(written: str, ours: Ours, outside_prefixes: Sequence[str] = ()) -> Target:
    """Where `written` leads, near and far still alike: see `with_distance`. Raises nothing."""
    text = visible(written[: MAX_LENGTH + 1]).strip()
    if len(text) > MAX_LENGTH or not _WRITTEN.fullmatch(text):
        return Target(Destination.UNREADABLE)
    digits = re.sub(r"[^0-9]", "", text)
    if _EMERGENCY.fullmatch(digits):
        return Target(Destination.EMERGENCY)
    if digits in ours.extensions:
        return Target(Destination.EXTENSION)
    number = numbers.normalise(text, outside_prefixes)
    if {digits, number} & ours.numbers:
        return Target(Destination.OURS, number)
    return Target(_leads(number), number)


def with_distance(target: Target, home: Home) -> Target:
    """Of a plain number, whether it is long distance: another area code, or a mobile of another place. Of whom nobody
    knows where they are is far, and so is all where home is not known."""
    if target.destination is not Destination.PLAIN or is_near(target.number, home):
        return target
    return Target(Destination.LONG_DISTANCE, target.number)


def is_near(number: Number, home: Home) -> bool:
    area = area_of(number)
    if area:
        return area in home.areas
    place = numbers.place(number)
    return place != "" and place in home.places


def home_of(areas: Sequence[str], shown: Sequence[str] = ()) -> Home:
    """Of these area codes, and of those of the numbers that the line shows."""
    own = dict.fromkeys([*areas, *filter(None, map(area_of, map(numbers.normalise, shown)))])
    return Home(frozenset(own), frozenset(filter(None, map(_place_of_area, own))))


def area_of(number: str) -> str:
    """010 of a fixed line in Beijing; "" of everything else."""
    found = _AREA.match(numbers.as_dialled(number)) if number.startswith("+86") else None
    return found.group() if found else ""


def dialled_digits(number: Number) -> str:
    """13800138000, 01088886666, 10086; abroad 00 and the country code. Only digits come out."""
    if not number:
        return ""
    dialled = numbers.as_dialled(number)
    return re.sub(r"[^0-9]", "", f"00{dialled[1:]}" if dialled.startswith("+") else dialled)


def _leads(number: Number) -> Destination:
    if not number:
        return Destination.UNREADABLE
    if not number.startswith("+86"):
        return Destination.ABROAD
    digits = dialled_digits(number)
    if is_satellite(digits):
        return Destination.SATELLITE
    return Destination.PLAIN if is_plain(digits) else Destination.SERVICE


def _place_of_area(area: str) -> str:
    return next(filter(None, (numbers.place(f"{area}{sample}") for sample in _SAMPLES)), "")
