"""The settings as Asterisk's files follow from them (业务电话 12)."""

from __future__ import annotations

import logging
from collections.abc import Collection

from hotline.domain.errors import StorageError
from hotline.services.accounts.let_in_no_more import extensions_let_in_no_more
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Settings

logger = logging.getLogger(__name__)


def for_asterisk(in_force: SettingsInForce) -> Settings:
    """What is in force, without the operators whose account lets them in no more: Asterisk keeps them in no queue, lets
    no phone of theirs in and rings none, whoever dials or transfers to it. Raises StorageError."""
    settings = in_force()
    return without(settings, let_in_no_more_now(in_force))


def let_in_no_more_now(in_force: SettingsInForce) -> frozenset[str]:
    """Their extensions. Raises StorageError."""
    with in_force.storage.reading() as tx:
        return extensions_let_in_no_more(tx, in_force.clock())


def for_asterisk_that_starts(in_force: SettingsInForce) -> Settings:
    """The same; where the database is away Asterisk starts all the same, and the job takes them out later."""
    try:
        return for_asterisk(in_force)
    except StorageError as error:
        logger.warning("whoever is let in no more may be rung until the database answers: %s", error)
        return in_force()


def without(settings: Settings, extensions: Collection[str]) -> Settings:
    """As if these were no operators."""
    gone = settings.operators.keys() & set(extensions)
    if not gone:
        return settings
    operators = {key: operator for key, operator in settings.operators.items() if key not in gone}
    queues = {
        key: queue.model_copy(update={"members": tuple(each for each in queue.members if each not in gone)})
        for key, queue in settings.queues.items()
    }
    return settings.model_copy(update={"operators": operators, "queues": queues})
