"""What the settings point to must exist: a line's menu, a menu's queue, a queue's member, a category's parent."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.menu_target import target_of
from hotline.domain.numbers import key as number_key
from hotline.domain.reasons import Reason, because
from hotline.settings.menu_graph import faults_of_menus
from hotline.settings.rule_limits import wrong_limits
from hotline.settings.satisfaction import PARAMETERS
from hotline.settings.schema import Settings
from hotline.settings.sip import host_of

#: A dotted key, and what was expected there.
Wrong = tuple[str, Reason]


def wrong_references(settings: Settings) -> list[Wrong]:
    """Everything that points to what does not exist, or is there twice."""
    return [
        *_of_codecs(settings),
        *_of_callback_trunk(settings),
        *_of_lines(settings),
        *_of_roster(settings),
        *_of_shifts(settings),
        *_of_menus(settings),
        *_of_queues(settings),
        *_of_categories(settings),
        *_of_dialling(settings),
        *_of_levels(settings),
        *_of_satisfaction(settings),
        *_of_case_links(settings),
        *wrong_limits(settings.rule_limits),
    ]


def _of_satisfaction(settings: Settings) -> Iterator[Wrong]:
    """Whoever is asked by text message needs the words for it."""
    asks = [line for line in settings.lines if settings.satisfaction_of(line).sms]
    if not settings.sms.gateway or not (asks or settings.satisfaction.sms):
        return
    template = settings.sms.templates.get(settings.satisfaction.sms_template)
    if template is None or template.parameters != PARAMETERS:
        wanted = because("settings.rating_template", got=settings.satisfaction.sms_template, parameters=PARAMETERS)
        yield "satisfaction.sms_template", wanted


#: What the text message with a link to a case may have.
_OF_LINK = frozenset({"number", "link", "token"})


def _of_case_links(settings: Settings) -> Iterator[Wrong]:
    """By text messages that have the link whole, or what makes it."""
    of_links = settings.case_links
    for name, chosen in (
        ("sms_template", of_links.sms_template),
        ("department_sms_template", of_links.department_sms_template),
    ):
        template, key = settings.sms.templates.get(chosen), f"case_links.{name}"
        if not chosen:
            continue
        if template is None:
            yield key, because("settings.unknown_template", got=chosen, known=tuple(settings.sms.templates) or ("–",))
        elif not set(template.parameters) <= _OF_LINK or not {"link", "token"} & set(template.parameters):
            yield key, because("settings.link_template", used=template.parameters, known=tuple(sorted(_OF_LINK)))


def _of_levels(settings: Settings) -> Iterator[Wrong]:
    for level_id, level in settings.customers.levels.items():
        if level.queue and level.queue not in settings.queues:
            known = tuple(settings.queues)
            yield f"customers.levels.{level_id}.queue", because("settings.unknown_queue", got=level.queue, known=known)


#: Codecs at 8,000 samples a second. Asterisk spoils stereo recordings of any other (docs/decisions/0002).
_RECORDABLE = ("alaw", "ulaw")


def _of_codecs(settings: Settings) -> Iterator[Wrong]:
    for section, carrier in (("trunk", settings.trunk), ("callback_trunk", settings.callback_trunk)):
        wide = [codec for codec in carrier.codecs if codec not in _RECORDABLE]
        if wide and settings.recording.enabled:
            yield f"{section}.codecs", because("settings.codec", codecs=_RECORDABLE, wide=tuple(wide))


def _of_callback_trunk(settings: Settings) -> Iterator[Wrong]:
    """A3: no customer is shown the line's own number, which would be dialled out on."""
    trunk, own = settings.callback_trunk, {number_key(number) for number in settings.line_numbers}
    for line in trunk.numbers:
        if line not in settings.lines:
            yield (
                f"callback_trunk.numbers.{line}",
                because("settings.unknown_line", got=line, known=tuple(settings.lines)),
            )
    for key, number in (("number", trunk.number), *((f"numbers.{line}", each) for line, each in trunk.numbers.items())):
        if number and number_key(number) in own:
            yield f"callback_trunk.{key}", because("settings.callback_trunk_own_number", number=number)


def _of_lines(settings: Settings) -> Iterator[Wrong]:
    numbers: dict[str, str] = {}
    for line_id, line in settings.lines.items():
        if line.menu not in settings.menus:
            yield f"lines.{line_id}.menu", because("settings.unknown_menu", got=line.menu, known=tuple(settings.menus))
        for number in (line.number, *line.aliases):
            whole = number_key(number)
            if whole in numbers:
                yield f"lines.{line_id}.number", because("settings.line_twice", number=number, line=numbers[whole])
            numbers[whole] = line_id


def _of_roster(settings: Settings) -> Iterator[Wrong]:
    for place, shift in enumerate(settings.roster):
        for line in shift.lines:
            if line not in settings.lines:
                yield f"roster.{place}.lines", because("settings.unknown_line", got=line, known=tuple(settings.lines))


def _of_shifts(settings: Settings) -> Iterator[Wrong]:
    known = tuple(settings.shifts.kinds)
    for name, pattern in settings.shifts.patterns.items():
        for kind in pattern.cycle:
            if kind and kind not in known:
                yield f"shifts.patterns.{name}.cycle", because("settings.unknown_shift_kind", got=kind, known=known)


def _of_menus(settings: Settings) -> Iterator[Wrong]:
    for menu_id, menu in settings.menus.items():
        if menu.operator_queue not in settings.queues:
            yield (
                f"menus.{menu_id}.operator_queue",
                because("settings.unknown_queue", got=menu.operator_queue, known=tuple(settings.queues)),
            )
        for digit, key in menu.keys.items():
            for to in key.targets:
                target, name = target_of(to)
                known = tuple(getattr(settings, target.section.key)) if target.section else ()
                if target.section and name not in known:
                    yield f"menus.{menu_id}.keys.{digit}", target.section.unknown(name, known)
    for fault in faults_of_menus(settings):
        if fault.always:
            yield f"menus.{fault.menu}.keys.{fault.key}", fault.reason


def _of_queues(settings: Settings) -> Iterator[Wrong]:
    if "voicemail" in settings.queues:
        yield "queues.voicemail", because("settings.voicemail_is_taken")
    for queue_id, queue in settings.queues.items():
        for member in queue.members:
            if member not in settings.operators:
                yield (
                    f"queues.{queue_id}.members",
                    because("settings.unknown_operator", got=member, known=tuple(settings.operators) or ("–",)),
                )
    for extension, operator in settings.operators.items():
        if any(carrier.calls_from(host_of(operator.contact)) for carrier in settings.carriers):
            yield f"operators.{extension}.contact", because("settings.contact_is_carriers")
        for key, named in (("queues", operator.queues), ("levels", tuple(operator.levels))):
            for queue_id in named:
                if queue_id not in settings.queues:
                    yield (
                        f"operators.{extension}.{key}",
                        because("settings.unknown_queue", got=queue_id, known=tuple(settings.queues)),
                    )


def _of_categories(settings: Settings) -> Iterator[Wrong]:
    for category_id, category in settings.categories.items():
        key = f"categories.{category_id}.parent"
        if category.parent and category.parent not in settings.categories:
            yield key, because("settings.unknown_category", got=category.parent, known=tuple(settings.categories))
        elif _is_its_own_ancestor(settings, category_id):
            yield key, because("settings.ancestor")
    for category_id in settings.retention.categories:
        if category_id not in settings.categories:
            yield (
                f"retention.categories.{category_id}",
                because("settings.unknown_category", got=category_id, known=tuple(settings.categories)),
            )


def _of_dialling(settings: Settings) -> Iterator[Wrong]:
    for line in settings.dialling.line_hours:
        if line not in settings.lines:
            yield (
                f"dialling.line_hours.{line}",
                because("settings.unknown_line", got=line, known=tuple(settings.lines)),
            )


def _is_its_own_ancestor(settings: Settings, category_id: str) -> bool:
    seen: set[str] = set()
    current = category_id
    while (category := settings.categories.get(current)) is not None and category.parent:
        seen.add(current)
        current = category.parent
        if current in seen:
            return True
    return False
