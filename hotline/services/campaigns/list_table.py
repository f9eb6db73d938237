"""The list of a campaign, brought in as a table: what can be read is taken, and each row that can't is kept with the
reason, since of 100,000 rows some are always broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.batches import batches
from hotline.domain.campaigns.campaign import UNSTARTED, CampaignKind, CampaignState, LeftOut, Member, MemberState
from hotline.domain.errors import Conflict
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.services.access import require_right
from hotline.services.campaigns.campaigns import known_campaign, require_still, settle_anew
from hotline.services.tables import cells, shape
from hotline.services.tables.faults import BadCell, Fault, TableProblem
from hotline.services.tables.shape import Field, Kind, Shape
from hotline.services.tables.table import OpenedTable, Row, open_table, read_each
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.campaigns.store import MemberStore
from hotline.storage.transaction import Storage

SHAPE = Shape(
    {
        "name": Field(shape.CUSTOMER),
        "numbers": Field(shape.PHONE, Kind.PHONE, several=True),
        "note": Field(shape.NOTE),
        "company": Field(shape.COMPANY),
    },
    needs=(("numbers",),),
    most=200_000,
)

#: Rows a transaction: SQLite has one writer, and calls come in meanwhile.
_AT_ONCE = 1000
#: The longest name that is kept.
_MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class TakenList:
    """How many rows were taken, and how many can't be read."""

    taken: int
    broken: int


def import_list(
    storage: Storage, settings: Settings, campaign_id: int, content: bytes, actor: Actor, now: datetime
) -> TakenList:
    """Add the rows of this table to the campaign's list. Raises Forbidden, NotFound, Conflict for a campaign that was
    started or has no list, Faults for what is no table, Outdated when somebody changed or drew it meanwhile."""
    require_right(Act.RUN_CAMPAIGNS, actor)
    with storage.reading() as tx:
        campaign = known_campaign(tx, campaign_id)
    if campaign.kind is not CampaignKind.LIST:
        raise Conflict("campaigns.has_no_list")
    if campaign.state not in UNSTARTED:
        raise Conflict("campaigns.started")
    members = list(members_of(open_table(content, SHAPE), campaign_id, settings.numbers.outside_prefixes))
    with storage.writing() as tx:
        if campaign.state is CampaignState.READY:
            AuditLog(tx).add(now, actor.name, "campaign.change", f"campaign:{campaign_id}", "list")
        campaign = settle_anew(tx, campaign)
    for some in batches(members, _AT_ONCE):
        with storage.writing() as tx:
            require_still(tx, campaign)
            MemberStore(tx).add(some)
    broken = sum(each.reason is LeftOut.BROKEN for each in members)
    with storage.writing() as tx:
        told = f"{len(members)} rows, {broken} broken"
        AuditLog(tx).add(now, actor.name, "campaign.import", f"campaign:{campaign_id}", told)
    return TakenList(len(members) - broken, broken)


def members_of(opened: OpenedTable, campaign_id: int, outside_prefixes: Sequence[str] = ()) -> Iterator[Member]:
    """Each row, those that can't be read with the reason. Raises Faults where the columns are not known."""

    def make(row: Row) -> Member:
        written = [each for value in row.values.get("numbers", ()) for each in cells.numbers_in(value.text)]
        found = [(each, numbers.normalise(each, outside_prefixes)) for each in written]
        wrong = next((each for each, number in found if not number), None)
        if wrong is not None and not any(number for _each, number in found):
            raise BadCell("numbers", TableProblem.PHONE, wrong[:40])
        number = next((number for _each, number in found if number), numbers.NO_NUMBER)
        name = one_line(row.text("name") or row.text("company"))[:_MAX_NAME]
        return Member(campaign_id, MemberState.CHOSEN, None, name, number, row.line)

    for line, made in read_each(opened, SHAPE, make):
        if isinstance(made, Member):
            yield made
        else:
            yield _broken(campaign_id, line, made)


def _broken(campaign_id: int, line: int, faults: Sequence[Fault]) -> Member:
    return Member(
        campaign_id, MemberState.LEFT_OUT, line=line, reason=LeftOut.BROKEN, detail=faults[0].reason if faults else None
    )
