"""The program, loaded and not begun: what `tests.support.forked` forks from. Nobody else may import it, since the clock
is another one then."""

from __future__ import annotations

import gc
from importlib import import_module

from tests.support import at
from tests.support.forked import COMMANDS

at.take_over()
at.share()

for _name in sorted(COMMANDS):
    import_module(f"hotline.cli.processes.{_name}")

from hotline.web.kit.told.web_feature import features  # noqa: E402 - by the clock that was taken over

features()
# The pages of memory that hold what is loaded stay common to all that are forked.
gc.freeze()
