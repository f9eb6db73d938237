"""Figures of a rule as people read them: the hours of the week's days are one figure with its days within (A1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import gettext

from hotline.services.settings.view import SettingShown
from hotline.settings.hours import WEEKDAYS
from hotline.web.line.labels import WEEKDAYS as DAY_NAMES
from hotline.web.settings.labels import key_name
from hotline.web.settings.values import value_named
from hotline.web.settings.words import name_of


@dataclass(frozen=True, slots=True)
class FigureShown:
    """`name`: what it is called; `value`: in force, in words. `setting`: what was decided of it and whose it is; of
    days that are told together that of the first, which is that of all."""

    name: str
    value: str
    setting: SettingShown


def figures_shown(settings: Iterable[SettingShown], most: int, parted: bool = False) -> list[FigureShown]:
    """`most`: characters of a value; what days have is told whole. `parted`: days of which something else was decided
    stand apart."""
    found: list[FigureShown] = []
    for place, together in groupby(settings, key=_week):
        if not place:
            found += [FigureShown(figure_name(each.key), _value(each, most), each) for each in together]
            continue
        days = list(together)
        ways = list(dict.fromkeys(_decided(each) for each in days)) if parted else [None]
        for way in ways:
            own = [each for each in days if way is None or _decided(each) == way]
            found.append(FigureShown(str(name_of(place)), _of_days(own), own[0]))
    return found


def figure_name(key: str) -> str:
    return str(key_name(key) or name_of(key))


def _value(setting: SettingShown, most: int) -> str:
    return value_named(setting.key, setting.value, most) or "–"


def _week(setting: SettingShown) -> str:
    """Whose week a day belongs to; "" for what is no day."""
    place, _dot, day = setting.key.rpartition(".")
    return place if day in WEEKDAYS else ""


def _decided(setting: SettingShown) -> tuple[Any, ...]:
    return setting.decision and setting.decision.id, setting.following and setting.following.id, setting.ours


def _of_days(settings: Sequence[SettingShown]) -> str:
    """Days next to each other that have the same are told once."""
    return "; ".join(_run(run) for run in _runs(settings))


def _runs(settings: Sequence[SettingShown]) -> Iterator[list[SettingShown]]:
    run: list[SettingShown] = []
    for each in settings:
        if run and (each.value != run[-1].value or _number(each) != _number(run[-1]) + 1):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _run(settings: Sequence[SettingShown]) -> str:
    first, last = settings[0], settings[-1]
    hours = value_named(first.key, first.value, 80) or gettext("not open")
    if first is last:
        return gettext("%(day)s %(hours)s", day=_day(first), hours=hours)
    return gettext("%(first)s to %(last)s %(hours)s", first=_day(first), last=_day(last), hours=hours)


def _number(setting: SettingShown) -> int:
    return WEEKDAYS.index(setting.key.rpartition(".")[2])


def _day(setting: SettingShown) -> str:
    return str(DAY_NAMES[_number(setting)])
