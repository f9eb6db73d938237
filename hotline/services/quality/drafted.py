"""What would have been found in a talk under figures that are tried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.domain.quality.rules import Rules
from hotline.domain.verdicts.findings import SPOKEN, Found, Needs
from hotline.domain.verdicts.redrafted import under
from hotline.services.quality.measuring import heard_anew
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction

#: Of no rule alone: with another one of these everything is heard otherwise.
_OF_ALL = ("least_confidence", "speech_level", "fillers")


class Drafted:
    """One call under a draft. What was measured decides where it can; else what was said is judged anew, once."""

    def __init__(
        self, tx: Transaction, call_id: int, talks: Mapping[str, Sequence[Found]], was: Settings, on: Settings
    ) -> None:
        self._tx, self._call_id, self._talks = tx, call_id, talks
        self._was, self._on, self._settings = was.rules.rules(), on.rules.rules(), on
        self._all_else = any(getattr(self._was, each) != getattr(self._on, each) for each in _OF_ALL)
        self._anew: Mapping[str, Sequence[Found]] | None = None
        self._asked = False

    def changes(self, rule: str) -> bool:
        return self._all_else or _part(self._was, rule) != _part(self._on, rule)

    def found(self, rule: str, extension: str) -> list[Found] | None:
        """Of that rule and talk; None: what it would need is gone."""
        talk = self._talks.get(extension, ())
        by_value = None
        if not self._all_else and _part(self._was, rule).enabled:
            by_value = under(rule, talk, _part(self._was, rule), _part(self._on, rule))
        if by_value is not None or SPOKEN[rule].needs == Needs.SOUND:
            return by_value
        anew = self._heard()
        return None if anew is None else [each for each in anew.get(extension, ()) if each.rule == rule]

    def _heard(self) -> Mapping[str, Sequence[Found]] | None:
        if not self._asked:
            self._asked = True
            stored = CallStore(self._tx).by_id(self._call_id)
            heard = heard_anew(self._tx, self._settings, stored) if stored else None
            if heard is not None:
                self._anew = {
                    extension: [
                        Found(f.rule, f.kind, f.breach, f.counts, f.value, f.limit, f.start, f.end) for f in findings
                    ]
                    for extension, findings in heard
                }
        return self._anew


def _part(rules: Rules, rule: str) -> Any:
    return getattr(rules, SPOKEN[rule].field)
