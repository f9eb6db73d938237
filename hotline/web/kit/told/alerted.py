"""What a feature tells of its alerts: `WORDS` in hotline/web/<feature>/alert_words.py, by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hotline.web.kit.labels import Label


@dataclass(frozen=True)
class AlertWords:
    """`label`: what it is, and how bad; the reason that the alert was raised with says the rest. `todo`: what is to be
    done. `page`, `arguments`: where that is; without one it leads to the page of alerts, which says it. `about`: how
    its object is shown. `own_phone`: its object is an extension, whose operator is told too. `seen_to`: it ends when
    somebody says that it was seen to. `again`: by what endpoint it is tried once more, with the object in a form."""

    label: Label
    todo: str = ""
    page: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    about: Callable[[str], str] = str
    own_phone: bool = False
    seen_to: bool = False
    again: str = ""
