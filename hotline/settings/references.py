"""What the settings point to must exist: a line's menu, a menu's queue, a queue's member, a category's parent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hotline.domain.numbers import key
from hotline.settings.schema import Settings
from hotline.settings.sip import host_of

#: A dotted key, and what was expected there.
Wrong = tuple[str, str]


def wrong_references(settings: Settings) -> list[Wrong]:
    """Everything that points to what does not exist, or is there twice."""
    return [
        *_of_codecs(settings),
        *_of_lines(settings),
        *_of_menus(settings),
        *_of_queues(settings),
        *_of_categories(settings),
    ]


#: Codecs at 8,000 samples a second. Asterisk spoils stereo recordings of any other (docs/decisions/0002).
_RECORDABLE = ("alaw", "ulaw")


def _of_codecs(settings: Settings) -> Iterator[Wrong]:
    wide = [codec for codec in settings.trunk.codecs if codec not in _RECORDABLE]
    if wide and settings.recording.enabled:
        yield "trunk.codecs", f"{' or '.join(_RECORDABLE)} was expected: calls by {', '.join(wide)} cannot be recorded"


def _of_lines(settings: Settings) -> Iterator[Wrong]:
    numbers: dict[str, str] = {}
    for line_id, line in settings.lines.items():
        if line.menu not in settings.menus:
            yield f"lines.{line_id}.menu", _one_of("menu", line.menu, settings.menus)
        for number in (line.number, *line.aliases):
            whole = key(number)
            if whole in numbers:
                yield f"lines.{line_id}.number", f"{number} is line {numbers[whole]} already"
            numbers[whole] = line_id


def _of_menus(settings: Settings) -> Iterator[Wrong]:
    for menu_id, menu in settings.menus.items():
        if menu.operator_queue not in settings.queues:
            yield f"menus.{menu_id}.operator_queue", _one_of("queue", menu.operator_queue, settings.queues)
        for digit, target in menu.keys.items():
            kind, _, name = target.to.partition(":")
            tables: Mapping[str, Mapping[str, object]] = {"queue": settings.queues, "menu": settings.menus}
            known = tables.get(kind)
            if known is not None and name not in known:
                yield f"menus.{menu_id}.keys.{digit}", _one_of(kind, name, known)


def _of_queues(settings: Settings) -> Iterator[Wrong]:
    if "voicemail" in settings.queues:
        yield "queues.voicemail", "another name was expected: voicemail is where messages are left"
    for queue_id, queue in settings.queues.items():
        for member in queue.members:
            if member not in settings.operators:
                yield f"queues.{queue_id}.members", _one_of("operator", member, settings.operators)
    for extension, operator in settings.operators.items():
        if settings.trunk.calls_from(host_of(operator.contact)):
            yield f"operators.{extension}.contact", "another address was expected: calls from there are the carrier's"
        for queue_id in operator.queues:
            if queue_id not in settings.queues:
                yield f"operators.{extension}.queues", _one_of("queue", queue_id, settings.queues)


def _of_categories(settings: Settings) -> Iterator[Wrong]:
    for category_id, category in settings.categories.items():
        key = f"categories.{category_id}.parent"
        if category.parent and category.parent not in settings.categories:
            yield key, _one_of("category", category.parent, settings.categories)
        elif _is_its_own_ancestor(settings, category_id):
            yield key, "a category must not stand below itself"
    for category_id in settings.retention.categories:
        if category_id not in settings.categories:
            yield f"retention.categories.{category_id}", _one_of("category", category_id, settings.categories)


def _is_its_own_ancestor(settings: Settings, category_id: str) -> bool:
    seen: set[str] = set()
    current = category_id
    while (category := settings.categories.get(current)) is not None and category.parent:
        seen.add(current)
        current = category.parent
        if current in seen:
            return True
    return False


def _one_of(kind: str, name: str, known: Mapping[str, object]) -> str:
    return f"an existing {kind} was expected ({', '.join(sorted(known)) or 'none is set'}), got {name!r}"
