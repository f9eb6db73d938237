"""A real directory in a folder: Debian's slapd, with TLS by an authority of its own."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.certificates import Authority
from tests.support.rig import free_port, wait_until

BASE = "dc=example,dc=com"
READER = f"cn=reader,{BASE}"
PASSWORD = "reader's own (secret)"

_CONFIG = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
database mdb
suffix "{base}"
rootdn "{reader}"
rootpw "{password}"
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by * read
"""

_ENTRIES = f"""
dn: {BASE}
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ou=people,{BASE}
objectClass: organizationalUnit
ou: people

dn: ou=groups,{BASE}
objectClass: organizationalUnit
ou: groups

dn: uid=zhao,ou=people,{BASE}
objectClass: inetOrgPerson
uid: zhao
cn: Zhao Min
displayName: Zhao Min
sn: Zhao
mail: zhao@example.com
userPassword: correct horse battery

dn: uid=sun,ou=people,{BASE}
objectClass: inetOrgPerson
uid: sun
cn: Sun Jing
sn: Sun
userPassword: sun's own password

dn: uid=tricky\\2c name,ou=people,{BASE}
objectClass: inetOrgPerson
uid: tricky, name
cn: a (b) *
sn: T
userPassword: tricky one's password

dn: cn=hotline-operators,ou=groups,{BASE}
objectClass: groupOfNames
cn: hotline-operators
member: uid=zhao,ou=people,{BASE}
member: uid=tricky\\2c name,ou=people,{BASE}

dn: ou=elsewhere,{BASE}
objectClass: referral
objectClass: extensibleObject
ou: elsewhere
ref: ldap://127.0.0.1:1/ou=elsewhere,{BASE}
"""


@dataclass(frozen=True)
class Slapd:
    """`ca`: the certificate of its authority."""

    port: int
    tls_port: int
    ca: Path


@contextmanager
def slapd(folder: Path) -> Iterator[Slapd]:
    program, adding = (shutil.which(name, path="/usr/sbin:/usr/bin") for name in ("slapd", "slapadd"))
    assert program and adding, "slapd is not installed; scripts/test installs it"
    (folder / "data").mkdir()
    authority = Authority(folder)
    authority.issue("server")
    config = folder / "slapd.conf"
    config.write_text(_CONFIG.format(folder=folder, base=BASE, reader=READER, password=PASSWORD), "utf-8")
    subprocess.run([adding, "-f", str(config)], input=_ENTRIES, text=True, check=True, capture_output=True)
    port, tls_port = free_port(), free_port()
    urls = f"ldap://127.0.0.1:{port}/ ldaps://127.0.0.1:{tls_port}/"
    process = subprocess.Popen(
        [program, "-f", str(config), "-h", urls, "-d", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: _listens(port) and _listens(tls_port), "slapd listens", 30)
        yield Slapd(port, tls_port, authority.certificate)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
