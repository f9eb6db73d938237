"""What came of a campaign's visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from hotline.domain.visits.visit import Ending, Origin, Satisfaction, VisitState
from hotline.storage.transaction import TableStore
from hotline.storage.visits.tables import IS_OPEN, visit


@dataclass(frozen=True, slots=True)
class CampaignResults:
    """Counts of its visits: by state, by what came of them, by the answer."""

    planned: int = 0
    open: int = 0
    tried: int = 0
    endings: Mapping[Ending, int] = field(default_factory=dict)
    results: Mapping[Satisfaction, int] = field(default_factory=dict)

    @property
    def made(self) -> int:
        return self.endings.get(Ending.ANSWERED, 0)


class CampaignResultStore(TableStore):
    def of(self, campaign_id: int) -> CampaignResults:
        columns = visit.c
        rows = self._connection.execute(
            select(
                columns.state,
                columns.ending,
                columns.result,
                func.count().label("n"),
                func.count().filter(columns.tries > 0).label("tried"),
            )
            .where(columns.origin == Origin.CAMPAIGN.value, columns.subject_id == campaign_id)
            .group_by(columns.state, columns.ending, columns.result)
        ).all()
        endings: Counter[Ending] = Counter()
        results: Counter[Satisfaction] = Counter()
        for row in rows:
            if row.ending:
                endings[Ending(row.ending)] += row.n
            if row.result:
                results[Satisfaction(row.result)] += row.n
        return CampaignResults(
            sum(row.n for row in rows),
            sum(row.n for row in rows if row.state == VisitState.OPEN.value),
            sum(row.tried for row in rows),
            endings,
            results,
        )

    def has_open(self, campaign_id: int) -> bool:
        columns = visit.c
        wanted = select(columns.id).where(
            columns.origin == Origin.CAMPAIGN.value, columns.subject_id == campaign_id, IS_OPEN
        )
        return self._connection.scalar(wanted.limit(1)) is not None
