"""What `hotline worker` is made of."""

from __future__ import annotations

from hotline.bootstrap import Hotline
from recordings.evaluation import Evaluation
from recordings.finalising import Finaliser
from recordings.worker import Worker


def make_worker(hotline: Hotline) -> Worker:
    return Worker(
        hotline.storage,
        hotline.settings.site.node,
        hotline.home.incoming,
        hotline.home.recordings,
        lambda: hotline.settings.recording.min_free_megabytes,
        hotline.clock,
        Evaluation(hotline.storage, hotline.in_force, hotline.clock).measure,
        make_finaliser(hotline),
    )


def make_finaliser(hotline: Hotline) -> Finaliser:
    return Finaliser(
        hotline.storage,
        hotline.settings.site.node,
        hotline.home.incoming,
        hotline.home.recordings,
        hotline.files,
        lambda: hotline.settings.recording.format,
        hotline.clock,
    )
