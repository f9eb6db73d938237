"""An authority of our own and certificates of it, as a site would make them for its phones."""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Pair:
    certificate: Path
    key: Path


class Authority:
    """Writes its files into `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self.certificate = folder / "authority.pem"
        self.certificate.write_bytes(self._sign("authority", self._key, 3650, ca=True))

    def issue(self, name: str, address: str = "127.0.0.1", days: int = 90, password: bytes = b"") -> Pair:
        key = ec.generate_private_key(ec.SECP256R1())
        pair = Pair(self._folder / f"{name}.pem", self._folder / f"{name}.key")
        pair.certificate.write_bytes(self._sign(name, key, days, address))
        sealed = BestAvailableEncryption(password) if password else NoEncryption()
        pair.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed))
        return pair

    def _sign(
        self, name: str, key: ec.EllipticCurvePrivateKey, days: int, address: str = "", ca: bool = False
    ) -> bytes:
        def called(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        now = dt.datetime.now(dt.UTC)
        begun = x509.CertificateBuilder().subject_name(called(name)).issuer_name(called("authority"))
        begun = begun.public_key(key.public_key()).serial_number(x509.random_serial_number())
        begun = begun.not_valid_before(now - dt.timedelta(days=400)).not_valid_after(now + dt.timedelta(days=days))
        begun = begun.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        if address:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
            begun = begun.add_extension(names, critical=False)
        return begun.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)
