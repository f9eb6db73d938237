"""What a step asks for: settings, each decided as on the settings' own pages."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from hotline.services.first_hour.steps import Step
from hotline.services.settings.view import SettingShown, keys_shown
from hotline.settings.hours import WEEKDAYS
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.settings.inputs import input_of, with_choices
from hotline.web.settings.setting_form import EntryForm, SettingForm

_CARRIER = ("kind", "host", "port", "username", "password", "known_by", "match")

#: The number is a key of its line, which is decided as a whole.
_KEYS: Mapping[Step, tuple[str, ...]] = {
    Step.COMPANY: ("site.company",),
    Step.CARRIER: tuple(f"trunk.{name}" for name in _CARRIER),
    Step.HOURS: tuple(f"hours.{day}" for day in (*WEEKDAYS, "makeup_day")),
    Step.DUTY: ("duty.always",),
}


def form_of(step: Step, sent: MultiDict[str, str] | None = None) -> SettingForm | None:
    """None for a step that is done on a page of its own."""
    context = web()
    if step is Step.NUMBER:
        entry = f"lines.{next(iter(context.settings.lines))}"
        return EntryForm([input_of(f"{entry}.number")], sent, entry=entry, target=entry)
    keys = _KEYS.get(step)
    if keys is None:
        return None
    shown = keys_shown(context.in_force, actor(), keys, context.now())
    return SettingForm(
        [with_choices(input_of(each.key), context.settings) for each in shown if each.refused is None], sent
    )


def closed_keys(step: Step) -> list[SettingShown]:
    """Those of the step that can be decided nowhere on pages, each with why."""
    context = web()
    shown = keys_shown(context.in_force, actor(), _KEYS.get(step, ()), context.now())
    return [each for each in shown if each.refused is not None]
