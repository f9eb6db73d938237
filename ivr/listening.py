"""What the dialogue does to a caller who tries a draft of the menus: kept as steps, in nobody's ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hotline.domain.menus.trial import SILENCE, Step, Walked, Way
from hotline.domain.reasons import Reason, because
from ivr.names import UserEvent, Variable
from ivr.sounds import UNKNOWN_SECONDS
from ivr.talk import PromptBook, Verbs

#: A caller who knows their key presses it so soon after the prompt.
PRESSED_AFTER_SECONDS = 1.0

#: What a prompt lasts whose sound is not there.
NO_SECONDS = 0.0


class TriedPrompts:
    """The sounds, with their ids: a prompt that there is not, or that has no sound, is a fault and takes no time."""

    def __init__(self, prompts: PromptBook, known: Callable[[str], bool]) -> None:
        self._prompts, self._known = prompts, known
        self.ids: dict[str, str] = {}
        self._missing: dict[str, Reason] = {}

    @property
    def faults(self) -> tuple[Reason, ...]:
        return tuple(self._missing.values())

    def name(self, prompt_id: str, line: str) -> str:
        known = self._known(prompt_id)
        name = self._prompts.name(prompt_id, line) if known else prompt_id
        self.ids[name] = prompt_id
        if not known:
            self._missing[prompt_id] = because("menus.no_prompt", prompt=prompt_id)
        return name

    def seconds(self, name: str) -> float:
        prompt = self.ids.get(name, name)
        if not self._known(prompt):
            return NO_SECONDS
        found = self._prompts.seconds(name)
        if found == UNKNOWN_SECONDS:
            self._missing[prompt] = because("menus.no_sound", prompt=prompt)
            return NO_SECONDS
        return found


class Heard:
    """What was said and pressed. Events and variables go to nobody."""

    def __init__(self, prompts: TriedPrompts) -> None:
        self._prompts = prompts
        self._said: list[str] = []
        self._steps: list[Step] = []
        self._ended: Mapping[str, str] = {}

    def set_variable(self, name: Variable, value: str) -> None:
        """Tells nobody."""

    def user_event(self, event: UserEvent, **values: str) -> None:
        if event is UserEvent.MENU:
            self._steps.append(Step(tuple(self._said), values["key"], values["menu"], values["target"]))
            self._said = []
        elif event is UserEvent.ROUTE:
            self._ended = values

    def said(self, sounds: Sequence[str]) -> None:
        self._said += [self._prompts.ids.get(name, name) for name in sounds]

    def walked(self, way: Way, seconds: float) -> Walked:
        steps = (*self._steps, *([Step(tuple(self._said))] if self._said else []))
        ended = self._ended
        kind, target, reason = ended.get("kind", ""), ended.get("target", ""), ended.get("reason", "")
        return Walked(way, steps, kind, target, reason, round(seconds, 1), self._prompts.faults)


class Imagined(Heard):
    """A caller without a call, who presses these keys, each when the prompt is over. `pressed_at`: seconds from the
    beginning to each."""

    def __init__(self, prompts: TriedPrompts, keys: Sequence[str]) -> None:
        super().__init__(prompts)
        self.seconds = 0.0
        self.pressed_at: list[float] = []
        self._keys = list(keys)

    def guard(self, seconds: float) -> None:
        """Nothing hangs."""

    def play(self, sounds: Sequence[str], keys: str = "") -> str:
        self.said(sounds)
        self.seconds += sum(map(self._prompts.seconds, sounds))
        return ""

    def wait_key(self, seconds: float) -> str:
        key = self._keys.pop(0) if self._keys else SILENCE
        self.seconds += min(PRESSED_AFTER_SECONDS, seconds) if key else seconds
        if key:
            self.pressed_at.append(self.seconds)
        return key


class Called(Heard):
    """A caller by a real call."""

    def __init__(self, prompts: TriedPrompts, verbs: Verbs) -> None:
        super().__init__(prompts)
        self._verbs = verbs

    def guard(self, seconds: float) -> None:
        self._verbs.guard(seconds)

    def play(self, sounds: Sequence[str], keys: str = "") -> str:
        self.said(sounds)
        there = [name for name in sounds if name not in {fault.values["prompt"] for fault in self._prompts.faults}]
        return self._verbs.play(there, keys)

    def wait_key(self, seconds: float) -> str:
        return self._verbs.wait_key(seconds)
