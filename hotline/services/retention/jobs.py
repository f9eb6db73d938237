"""What is done for keeping and deletion on time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, because
from hotline.domain.retention.reconciliation import StoreCheck
from hotline.services.job import Job, Jobs, Parts, WriteDiscs
from hotline.services.retention import discs_by_hand, expiry, privacy, reconciliation


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("retention", 3600, partial(_retention, parts))
    yield Job("privacy", 300, partial(_privacy, parts))
    if parts.write_discs:
        yield Job("discs", 15, partial(_discs, parts, parts.write_discs))
    if parts.reconcile:
        yield Job("reconciliation", 1800, partial(_reconciliation, parts, parts.reconcile))


JOBS = Jobs(_all)


def _retention(parts: Parts, now: datetime) -> Reason | None:
    """E2: what may go is listed first. It goes by hand; or, if so set, at night what was listed the night before."""
    terms = parts.settings.retention.terms
    listed = expiry.make_list(parts.storage, terms, now)
    expiry.finish(parts.storage, parts.files(), now)
    done = expiry.Expired()
    if parts.settings.retention.delete == "nightly":
        done = expiry.nightly(parts.storage, parts.files(), terms, now)
    return because("retention.listed", due=len(listed), deleted=done.deleted) if listed or done.deleted else None


def _reconciliation(parts: Parts, reconcile: Callable[[], StoreCheck], now: datetime) -> Reason | None:
    """E2, E4: once a day."""
    settings = parts.settings
    if not reconciliation.is_due(parts.storage, settings.site.node, settings.reconciliation, now):
        return None
    check = reconcile()
    reconciliation.keep(parts.storage, check, settings.reconciliation)
    return because("retention.compared", entries=check.entries, read=check.read, differences=check.differences)


def _discs(parts: Parts, write: WriteDiscs, now: datetime) -> Reason | None:
    """E2: what somebody asked for on the page."""
    done = discs_by_hand.write_wanted(parts.storage, write, parts.clock)
    if done is None:
        return None
    if done.problem is not None:
        return because("retention.discs_failed", discs=done.discs, why=done.problem)
    return because("retention.discs_written", discs=done.discs, left_out=done.left_out)


def _privacy(parts: Parts, now: datetime) -> None:
    """G3: requests of persons that should have been answered are told of."""
    privacy.watch(parts.storage, now)
