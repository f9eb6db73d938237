"""What is said to a caller, and what they press: prompts by their ids, each step with a guard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from hotline.domain.line.routing import Arrival
from ivr.names import UserEvent, Variable

ALL_KEYS = "0123456789*#"
#: The guard's time beyond what a step is expected to take.
GUARD_MARGIN_SECONDS = 5.0
#: For a question to the database, and for setting variables.
SHORT_SECONDS = 3.0
#: In one entry: a pocket that presses keys for ever is no caller.
MOST_KEYS = 60


class Verbs(Protocol):
    """What is done to the call; ivr.session.Session is the real one. Each raises when the caller is gone."""

    def set_variable(self, name: Variable, value: str) -> None: ...
    def user_event(self, event: UserEvent, **values: str) -> None: ...
    def guard(self, seconds: float) -> None: ...
    def play(self, sounds: Sequence[str], keys: str = "") -> str: ...
    def wait_key(self, seconds: float) -> str: ...


class PromptBook(Protocol):
    """ivr.sounds.Sounds."""

    def name(self, prompt_id: str, line: str) -> str: ...
    def seconds(self, name: str) -> float: ...


class Talk:
    """With the caller of one call, on this line."""

    def __init__(self, prompts: PromptBook, verbs: Verbs, line: str) -> None:
        self._prompts = prompts
        self._verbs = verbs
        self._line = line

    def play(self, prompt_ids: Sequence[str], keys: str = "") -> str:
        """The first of `keys` that is pressed ends it and is returned, else ""."""
        return self.play_sounds([self._prompts.name(prompt_id, self._line) for prompt_id in prompt_ids], keys)

    def play_sounds(self, sounds: Sequence[str], keys: str = "") -> str:
        """As `play`, by their names in Asterisk."""
        self._verbs.guard(sum(map(self._prompts.seconds, sounds)) + GUARD_MARGIN_SECONDS)
        return self._verbs.play(sounds, keys)

    def key(self, prompt_ids: Sequence[str], seconds: float) -> str:
        """The key pressed during the prompts or within so many seconds after them, "" for none."""
        return self.play(prompt_ids, ALL_KEYS) or self._wait(seconds)

    def digits(self, prompt_ids: Sequence[str], most: int, seconds: float) -> str:
        """Digits pressed one after the other, up to so many, a # or so many seconds without a key; * begins anew."""
        entered = ""
        key = self.key(prompt_ids, seconds)
        for _ in range(MOST_KEYS):
            if key in ("", "#"):
                break
            entered = "" if key == "*" else entered + key
            if len(entered) == most:
                break
            key = self._wait(seconds)
        return entered

    def short(self) -> None:
        """What comes next takes a moment: a question to the database."""
        self._verbs.guard(SHORT_SECONDS + GUARD_MARGIN_SECONDS)

    def step(self, menu: str, key: str, target: str, subject: str = "") -> None:
        """Note in the ledger what was pressed, and where it led."""
        self._verbs.user_event(UserEvent.MENU, menu=menu, key=key, target=target, subject=subject)

    def _wait(self, seconds: float) -> str:
        self._verbs.guard(seconds + GUARD_MARGIN_SECONDS)
        return self._verbs.wait_key(seconds)


@dataclass(frozen=True, slots=True)
class Question:
    """What a feature's question to the caller is given. `uniqueid`: of the caller's channel, which is the call's
    Linkedid. `key_seconds` and `tries` are those of the menu that led there."""

    talk: Talk
    arrival: Arrival
    uniqueid: str
    key_seconds: float
    tries: int


#: By the kind of target that leads there. False: the caller got no answer and goes on to an operator.
Asks = Callable[[Question], bool]
NO_QUESTIONS: Mapping[str, Asks] = MappingProxyType({})
