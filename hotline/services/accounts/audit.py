"""Reading the audit log (F8), and proving that it is what was written."""

from __future__ import annotations

from hotline.domain.accounts.audit import AuditEntry, AuditFilter, ChainVerdict, verify
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage


def search_audit(storage: Storage, wanted: AuditFilter, limit: int, before: int | None = None) -> list[AuditEntry]:
    """Newest first; with an id less than `before`, if given."""
    with storage.reading() as tx:
        return AuditLog(tx).search(wanted, limit, before)


def verify_audit(storage: Storage, noted: str = "") -> ChainVerdict:
    """Walk along the whole chain. `noted`: the newest hash as it was written down elsewhere some time ago."""
    with storage.reading() as tx:
        return verify(AuditLog(tx).chain(), noted)
