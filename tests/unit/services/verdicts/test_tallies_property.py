"""Whatever was judged, replaced and judged anew: the sums kept are what the rows add up to, for any window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.domain.calendar import local_day
from hotline.domain.time import midnight
from hotline.domain.verdicts.tally import Counted, TallyAxis, Window, stretches, tallied
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, WhyJudged
from hotline.services.verdicts.judging import different
from hotline.services.verdicts.recounting import recount
from hotline.services.verdicts.tallies import reasons, tallies
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.store import VerdictStore, counts
from hotline.storage.verdicts.tallies import TallyStore
from tests.support.judged import verdicts
from tests.support.rows import MORNING, a_storage

RULES = ("A8", "C4", "Q1")
moments = st.integers(0, 5 * 24 * 60).map(lambda minutes: MORNING + timedelta(minutes=minutes))


_EXPLAINED = (Judgement.NOT_JUDGED, Judgement.NOT_APPLICABLE)


def _verdict(
    rule: str, key: int, at: datetime, judgement: Judgement, line: str, person: int | None, why: str
) -> Verdict:
    return Verdict(rule, "v", Subject.CALL, str(key), at, judgement, line=line, person_id=person, why=why)


def _rows(standing: Iterable[Verdict], window: Window) -> Iterator[Counted]:
    for each in standing:
        if window.start <= each.at < window.end:
            yield Counted(local_day(each.at), each.rule, each.line, each.person_id or 0, each.judgement, 1)


made = st.builds(
    _verdict,
    st.sampled_from(RULES),
    st.integers(1, 4),
    moments,
    st.sampled_from(Judgement),
    st.sampled_from(("", "main")),
    st.sampled_from((None, 1, 2)),
    st.sampled_from(("", WhyJudged.NO_SOUND.value, WhyJudged.NOT_SEEN.value)),
)


def judge(storage: Storage, verdict: Verdict) -> None:
    """As the only verdict of its rule on its subject."""
    with storage.writing() as tx:
        store = VerdictStore(tx)
        before = store.of(Subject.CALL, [verdict.subject_id], [verdict.rule], counts(())).get(verdict.subject_id, [])
        store.add(different(before, [verdict]), MORNING)


@settings(max_examples=25, deadline=None)
@given(st.lists(made, max_size=25), moments, moments)
def test_the_sums_are_the_rows(written: list[Verdict], one: datetime, other: datetime) -> None:
    start, end = sorted((one, other))
    window = Window(start, end)
    with TemporaryDirectory() as folder:
        storage = a_storage(Path(folder))
        for verdict in written:
            judge(storage, verdict)
        standing = verdicts(storage)
        with storage.reading() as tx:
            found = {
                (each.rule, judgement): getattr(each, judgement.value)
                for each in tallies(tx, window)
                for judgement in Judgement
            }
            kept, by_day = TallyStore(tx).all(), TallyStore(tx).by_day()
            for axis in TallyAxis:
                along = {(each.rule, each.key): each for each in tallies(tx, window, axis)}
                assert along == {(each.rule, each.key): each for each in tallied(_rows(standing, window), axis)}
            for rule in RULES:
                unjudged = [each for each in standing if each.rule == rule and start <= each.at < end]
                assert reasons(tx, window, rule).get(rule, {}) == Counter(
                    (each.judgement, each.why) for each in unjudged if each.judgement in _EXPLAINED
                )
        counted = Counter((each.rule, each.judgement) for each in standing if window.start <= each.at < window.end)
        assert {key: count for key, count in found.items() if count} == counted
        recount(storage)
        with storage.reading() as tx:
            assert (TallyStore(tx).all(), TallyStore(tx).by_day()) == (kept, by_day)
        storage.close()


@given(moments, moments)
def test_a_window_is_parted_without_gap_or_overlap(one: datetime, other: datetime) -> None:
    start, end = sorted((one, other))
    days = stretches(start, end)
    parts = [*days.rests, *([(midnight(days.first), midnight(days.last))] if days.first < days.last else [])]
    assert sum(((b - a) for a, b in parts), timedelta()) == end - start
    assert all(start <= a < b <= end for a, b in parts)
    assert all(local_day(a) == local_day(b - timedelta(microseconds=1)) for a, b in days.rests)
