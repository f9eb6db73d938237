"""What a use case works with that changes who Asterisk knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from hotline.services.for_asterisk import for_asterisk
from hotline.services.pbx import Pbx
from hotline.services.pbx_files import Applied, PbxFiles, apply
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings.secrets import Secrets
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class Exchange:
    """This instance's Asterisk, its files, the passwords in them and the settings that they follow from."""

    in_force: SettingsInForce
    secrets: Secrets
    pbx: Pbx
    files: PbxFiles

    @property
    def storage(self) -> Storage:
        return self.in_force.storage

    def apply(self) -> Applied:
        """Something was decided and committed: bring Asterisk to it."""
        self.in_force.forget()
        return apply(self.files, self.pbx, partial(for_asterisk, self.in_force))
