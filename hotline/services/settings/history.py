"""What was, is and will be in force: the figures of the rules at any moment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from hotline.domain.rules.registry import RULES
from hotline.domain.settings.change import Act, SettingChange, decided, noticed, standing, values
from hotline.settings import Settings
from hotline.settings.decidable import SECRET, keys
from hotline.settings.layers import REPLACED_WHOLE, Layers


@cache
def dated_keys() -> frozenset[str]:
    """The keys whose past is kept: the figures of the rules, and all else that calls are measured by. Tables that the
    site names are not among them: an operator or a queue of then may point to what is no longer there."""
    places = ("rules", *(place for rule in RULES.values() for place in rule.settings))
    found = {key for key in keys() for place in places if key == place or key.startswith(f"{place}.")}
    return frozenset(found - REPLACED_WHOLE - SECRET)


class History:
    """`changes`: as stored. `since`: from when on the files are known to say what `layers` do: the process began."""

    def __init__(
        self,
        layers: Layers,
        changes: Sequence[SettingChange],
        since: datetime,
        now: datetime,
        draft: Mapping[str, Any] | None = None,
    ) -> None:
        """`draft`: by dotted key what is tried out over all that ever held, as it is decided on."""
        self._layers, self._changes, self._since, self._now = layers, changes, since, now
        self._draft = draft or {}
        self._standing = standing(changes)
        self._today = values(decided(self._standing, now))
        self._moments = sorted({since, *(change.from_at for change in changes)})
        self._known: dict[int, Settings] = {}

    def at(self, moment: datetime) -> Settings:
        """The settings by which a call of that moment is judged: of what has a past, what was in force then; of the
        rest, what is now. Raises SettingsError when what was then and what is now do not go together."""
        stretch = bisect_right(self._moments, moment)
        if stretch not in self._known:
            self._known[stretch] = self._made(moment)
        return self._known[stretch]

    def with_draft(self, draft: Mapping[str, Any]) -> History:
        """As if this had held at each moment."""
        values = {key: self._layers.said(key) if value is None else value for key, value in draft.items()}
        return History(self._layers, self._changes, self._since, self._now, values)

    def _made(self, moment: datetime) -> Settings:
        then = self._then(moment)
        undated = {key: value for key, value in self._today.items() if not _lies_in_dated(key)}
        return _without(self._layers, then.keys()).settings({**undated, **then, **self._draft})

    def _then(self, moment: datetime) -> dict[str, Any]:
        """Each dated key's value. What lies deeper than a key (a reason for a pause) was decided within it."""
        found, seen = decided(self._standing, moment), self._noticed(moment)
        then: dict[str, Any] = {}
        for key in sorted(dated_keys()):
            note = seen.get(key)
            then[key] = note.value if note is not None else self._layers.said(key)
            if note is not None and note.act is Act.VARIABLE:
                continue
            if note is None and self._layers.variable_of(key):
                continue
            below = {name: change for name, change in found.items() if name.startswith(f"{key}.")}
            if key in found:
                then[key] = found[key].value
            then |= values(below)
        return then

    def _noticed(self, moment: datetime) -> Mapping[str, SettingChange]:
        """{} from when on the files are known by themselves."""
        return noticed(self._changes, moment) if moment < self._since else {}


def _lies_in_dated(key: str) -> bool:
    return any(key == dated or key.startswith(f"{dated}.") for dated in dated_keys())


def _without(layers: Layers, dated: Iterable[str]) -> Layers:
    """Without the variables that set what has a past: what they say now is among its values."""
    paths = {tuple(key.split(".")) for key in dated}
    left = tuple(variable for variable in layers.variables if variable.path not in paths)
    return Layers(layers.below, left, layers.sources)
