"""The process that serves: its threads make pages, and give way to what rings."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from gunicorn.workers.gthread import ThreadWorker

#: How nice the threads are that make pages: of one processor that both want, the push has three quarters. A worker and
#: what transcribes are nicer still (19).
PAGES_NICE = 5


class PageWorker(ThreadWorker):
    """The thread that lets connections in stays as it is, and so does all that begins in it: the process of the push,
    which is begun anew when it has died, would else be as nice for ever."""

    def get_thread_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=self.cfg.threads, initializer=give_way)


def give_way() -> None:
    """Linux keeps the nice value of each thread by itself: it is the calling one's alone."""
    os.nice(PAGES_NICE)
