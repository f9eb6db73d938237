"""The certificate for SIP over TLS: there, readable, and with its own key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hotline.domain.reasons import Reason, Unfit, because
from hotline.settings.schema import Settings

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

#: Where Debian and Ubuntu keep the authorities that they trust.
SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


def wrong_certificates(settings: Settings) -> Iterator[tuple[str, Reason]]:
    """Dotted key and what was expected there, of everything that is wrong; nothing while nobody uses TLS."""
    if "tls" not in settings.sip_transports:
        return
    for name in ("certificate", "key"):
        if not getattr(settings.tls, name):
            yield f"tls.{name}", because("settings.pem_path")
            return
    tls = settings.tls
    certificate: Certificate | None = None
    key: bytes | None = None
    try:
        certificate = read_certificate(Path(tls.certificate))
    except Unfit as error:
        yield "tls.certificate", error.reason
    try:
        key = _public_part_of(Path(tls.key))
    except Unfit as error:
        yield "tls.key", error.reason
    if certificate is not None and key is not None and _public_bytes(certificate.public_key()) != key:
        yield "tls.key", because("settings.key_of_another", file=str(tls.certificate))
    if tls.authorities:
        try:
            read_certificate(Path(tls.authorities))
        except Unfit as error:
            yield "tls.authorities", error.reason


def expires_at(settings: Settings) -> datetime:
    """When the certificate ends. Raises ValueError."""
    return read_certificate(Path(settings.tls.certificate)).not_valid_after_utc


def read_certificate(file: Path) -> Certificate:
    """The first one of the file. Raises ValueError saying what was expected."""
    from cryptography import x509  # slow to load, and few sites use it

    try:
        return x509.load_pem_x509_certificate(_read(file))
    except _Unreadable:
        raise
    except ValueError:
        raise Unfit("settings.no_certificate", file=str(file)) from None


def _public_part_of(file: Path) -> bytes:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return _public_bytes(load_pem_private_key(_read(file), None).public_key())
    except TypeError:
        raise Unfit("settings.key_with_password", file=str(file)) from None
    except _Unreadable:
        raise
    except ValueError:
        raise Unfit("settings.no_key", file=str(file)) from None


def _public_bytes(key: object) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))  # type: ignore[attr-defined]


class _Unreadable(Unfit):
    pass


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _Unreadable("settings.unreadable_file", file=str(file), why=str(error.strerror)) from None
