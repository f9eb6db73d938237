"""What is said of refusals that belong to no one feature; those of a feature stand in its own folder's refusals.py.

No Flask here: the command line says the same words.
"""

from __future__ import annotations

from hotline.discovery import together
from hotline.web.kit.refusals import (
    asterisk,
    checks,
    commands,
    input,
    machine,
    moments,
    outgoing,
    prompts,
    settings,
    simulation,
    storage,
    tables,
    unreachable,
)

_SHARED = (
    *(asterisk, checks, commands, input, machine, moments, outgoing, prompts, settings, simulation, storage, tables),
    unreachable,
)

WORDS = together(each.WORDS for each in _SHARED)
