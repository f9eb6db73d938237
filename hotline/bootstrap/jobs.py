"""What `hotline jobs` works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from hotline.asterisk.cel_database import CelDatabase
from hotline.asterisk.process import cel_database_path
from hotline.bootstrap import Hotline
from hotline.checks import run_checks
from hotline.domain.reasons import Reason
from hotline.domain.retention.archive import Disc, ToArchive, WantedDiscs
from hotline.domain.retention.reconciliation import StoreCheck
from hotline.jobs.catalogue import catalogue
from hotline.jobs.gateways.all import SiteGateways
from hotline.jobs.notices import AppriseNotices
from hotline.services.job import Job, Parts
from hotline.web.notifications.wording import CatalogueWording


def make_jobs(hotline: Hotline) -> tuple[Job, ...]:
    """The jobs of this instance, with its Asterisk."""
    parts = Parts(
        in_force=hotline.in_force,
        secrets=hotline.secrets,
        home=hotline.home,
        storage=hotline.storage,
        pbx=hotline.pbx,
        pbx_files=hotline.pbx_files,
        notices=AppriseNotices(lambda: hotline.settings.notices.urls),
        trim_cel_database=_trimmer(hotline),
        started_at=hotline.clock(),
        files=lambda: hotline.files,
        reconcile=partial(_reconcile, hotline),
        write_discs=partial(_write_discs, hotline),
        gateways=SiteGateways(lambda: hotline.settings, hotline.clock),
        wording=CatalogueWording(),
        clock=hotline.clock,
        look_over=partial(run_checks, hotline.home, clock=hotline.clock),
    )
    return catalogue(parts)


def _reconcile(hotline: Hotline) -> StoreCheck:
    from recordings.reconciliation import Reconciler  # it loads what no other job needs

    folder = hotline.home.recordings
    return Reconciler(hotline.storage, hotline.files, folder, hotline.settings, hotline.clock).reconcile()


def _write_discs(
    hotline: Hotline,
    wanted: WantedDiscs,
    found: Sequence[ToArchive],
    number: int,
    step: Callable[[int], object],
    left_out: list[Reason],
) -> Iterator[Disc]:
    from recordings.archive.proven import LeftOut  # as above
    from recordings.archive.writing import DiscOrder, DiscWriter

    order = DiscOrder(wanted.medium, hotline.home.archive.absolute(), wanted.asked_by)
    writer = DiscWriter(hotline.storage, hotline.files, hotline.settings, hotline.clock)
    broken: list[LeftOut] = []
    yield from writer.write(found, number, order, step, broken)
    left_out += [one.problem for one in broken]


def _trimmer(hotline: Hotline) -> Callable[[datetime], int]:
    path = cel_database_path(hotline.settings, hotline.home)

    def trim(before: datetime) -> int:
        """0 where Asterisk has not yet written, or writes on another machine."""
        return CelDatabase(path).trim(before) if path.exists() else 0

    return trim
