"""A tile: one figure of the catalogue, or how far one rule is kept, of all or of one line, queue, person or subject."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hotline.domain.errors import Refused
from hotline.domain.ids import parse_id
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import Better, Unit
from hotline.domain.reports.scope import Axis
from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Text

#: What a tile can be narrowed by, in the order in which it is offered.
NARROWED_BY = (Axis.LINE, Axis.QUEUE, Axis.PERSON, Axis.SUBJECT)
#: Verdicts know no queue and no subject.
_OF_RULES = frozenset({Axis.LINE, Axis.PERSON})
#: Longer than any name of the settings.
_LONGEST_KEY = 64


class TileKind(StrEnum):
    FIGURE = "figure"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Tile:
    """`name`: of the figure, or the rule's id. `axis`, `key`: whose it is; None and "": of all. Raises Refused for
    what is no figure and no rule, and for an axis that it does not know."""

    kind: TileKind
    name: str
    axis: Axis | None = None
    key: str = ""

    def __post_init__(self) -> None:
        known = FIGURES if self.kind is TileKind.FIGURE else RULES
        if self.name not in known:
            raise Refused("dashboards.no_tile", field="what", name=self.name[:40])
        if self.axis is None and not self.key:
            return
        fits = self.axis in self.axes and self.axis in NARROWED_BY
        if not fits or not 0 < len(self.key) <= _LONGEST_KEY:
            raise Refused("dashboards.no_axis", field="of", title=self.title.zh)
        if self.axis is Axis.PERSON and parse_id(self.key) is None:
            raise Refused("dashboards.no_tile", field="of", name=self.key[:40])

    @property
    def title(self) -> Text:
        if self.kind is TileKind.FIGURE:
            return Text(*FIGURES[self.name].title)
        title = RULES[self.name].title
        return Text(f"{self.name} {title.zh}", f"{self.name} {title.en}")

    @property
    def unit(self) -> Unit:
        return FIGURES[self.name].unit if self.kind is TileKind.FIGURE else Unit.PERCENT

    @property
    def better(self) -> Better:
        return FIGURES[self.name].better if self.kind is TileKind.FIGURE else Better.HIGH

    @property
    def axes(self) -> frozenset[Axis]:
        """What it could be narrowed by."""
        return FIGURES[self.name].axes if self.kind is TileKind.FIGURE else _OF_RULES

    @property
    def code(self) -> str:
        """As it is kept and stands in forms: figure:answered, figure:answered:line:main."""
        narrowed = f":{self.axis}:{self.key}" if self.axis else ""
        return f"{self.kind}:{self.name}{narrowed}"


def read_tile(code: str) -> Tile:
    """Raises Refused for what is none."""
    kind, _, rest = code.partition(":")
    name, _, whose = rest.partition(":")
    axis, _, key = whose.partition(":")
    if kind not in set(TileKind) or (axis and axis not in set(Axis)):
        raise Refused("dashboards.no_tile", field="what", name=code[:40])
    return Tile(TileKind(kind), name, Axis(axis) if axis else None, key)
