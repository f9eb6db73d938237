"""How figures, times and numbers are written on the screens; also as filters of the templates."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from flask_babel import gettext

from hotline.domain.time import SHANGHAI, last_day, minute_text, second_text


def local(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI)


def day(value: datetime | None) -> str:
    return local(value).strftime("%m-%d") if value else ""


def whole_day(value: datetime | None) -> str:
    """With its year."""
    return local(value).strftime("%Y-%m-%d") if value else ""


def last_whole_day(value: datetime | None) -> str:
    """The day that ends with this moment, or in which it lies."""
    return last_day(value).isoformat() if value else ""


def clock_time(value: datetime | None) -> str:
    return local(value).strftime("%H:%M:%S") if value else ""


def end_time(value: datetime) -> str:
    """When something ends, to the minute: at midnight its own day ends."""
    shown = local(value).strftime("%H:%M")
    return "24:00" if shown == "00:00" else shown


def duration(seconds: float | None) -> str:
    """8 s, 2:05, 1:02:05; nothing for none."""
    if seconds is None:
        return ""
    whole = int(seconds + 0.5)
    if whole < 60:
        return gettext("%(n)s s", n=whole)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size(octets: int | None) -> str:
    """980 B, 1.4 MB."""
    if octets is None:
        return ""
    amount, unit = float(octets), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if unit == "B" or amount >= 100 else f"{amount:.1f} {unit}"


def shorten(text: str, length: int = 24) -> str:
    """At most so many characters, on one line; what others typed may be of any length."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def install(app: Flask) -> None:
    app.add_template_filter(second_text, "moment")
    app.add_template_filter(minute_text, "minute")
    for use in (day, whole_day, last_whole_day, clock_time, end_time, duration, size, shorten):
        app.add_template_filter(use)
