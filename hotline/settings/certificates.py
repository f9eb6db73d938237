"""The certificate for SIP over TLS: there, readable, and with its own key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hotline.settings.schema import Settings

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

#: Where Debian and Ubuntu keep the authorities that they trust.
SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


def wrong_certificates(settings: Settings) -> Iterator[tuple[str, str]]:
    """Dotted key and what was expected there, of everything that is wrong; nothing while nobody uses TLS."""
    if "tls" not in settings.sip_transports:
        return
    for name in ("certificate", "key"):
        if not getattr(settings.tls, name):
            yield f"tls.{name}", 'the path of a PEM file was expected, since transport = "tls" is set'
            return
    tls = settings.tls
    certificate: Certificate | None = None
    key: bytes | None = None
    try:
        certificate = read_certificate(Path(tls.certificate))
    except ValueError as error:
        yield "tls.certificate", str(error)
    try:
        key = _public_part_of(Path(tls.key))
    except ValueError as error:
        yield "tls.key", str(error)
    if certificate is not None and key is not None and _public_bytes(certificate.public_key()) != key:
        yield "tls.key", f"the key of {tls.certificate} was expected, got another one's"
    if tls.authorities:
        try:
            read_certificate(Path(tls.authorities))
        except ValueError as error:
            yield "tls.authorities", str(error)


def expires_at(settings: Settings) -> datetime:
    """When the certificate ends. Raises ValueError."""
    return read_certificate(Path(settings.tls.certificate)).not_valid_after_utc


def read_certificate(file: Path) -> Certificate:
    """The first one of the file. Raises ValueError saying what was expected."""
    from cryptography import x509  # slow to load, and few sites use it

    try:
        return x509.load_pem_x509_certificate(_read(file))
    except ValueError as error:
        raise ValueError(_expected("a certificate in PEM", file, error)) from None


def _public_part_of(file: Path) -> bytes:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return _public_bytes(load_pem_private_key(_read(file), None).public_key())
    except TypeError:
        raise ValueError(f"a key without a password was expected, got {file}") from None
    except ValueError as error:
        raise ValueError(_expected("a key in PEM", file, error)) from None


def _public_bytes(key: object) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))  # type: ignore[attr-defined]


class _Unreadable(ValueError):
    pass


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _Unreadable(f"a file that can be read was expected: {file}: {error.strerror}") from None


def _expected(what: str, file: Path, error: ValueError) -> str:
    return str(error) if isinstance(error, _Unreadable) else f"{what} was expected in {file}"
