"""Signing in by the company's provider: OpenID Connect, authorization code with PKCE.

What the provider says is believed only with its signature, for us (audience), from the issuer of the settings, for the
browser that asked (state, nonce), and once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from hotline.domain.accounts.attempts import Limit
from hotline.domain.errors import HotlineError, Refused
from hotline.domain.sign_in.outside import Outside
from hotline.settings.sign_in import Oidc
from hotline.storage.accounts.attempts import AttemptStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)

_SECONDS = 10
#: How long somebody may take at the provider.
_LASTS = timedelta(minutes=10)
#: So much may the clocks differ; seconds.
_LEEWAY = 60

#: By key pairs alone: a provider's public key must not serve as a shared secret, and nothing goes unsigned.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")

#: A state is taken once.
_STATE = Limit("oidc.state", 1, 3600)


class ProviderAway(HotlineError):
    """It does not answer, or not as a provider does."""

    kind = "store"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser keeps until it comes back. `since`: seconds since 1970."""

    state: str
    nonce: str
    verifier: str
    since: int


def provider_of(rules: Oidc) -> str:
    return f"oidc {rules.issuer}"


def ask(rules: Oidc, back: str, now: datetime) -> tuple[str, Asked]:
    """The provider's address to go to, and what to keep. `back`: ours, where it leads back to. Raises ProviderAway."""
    with _session(rules, back) as session:
        found = _discovered(session, rules)
        nonce, verifier = generate_token(32), generate_token(64)
        address, state = session.create_authorization_url(
            found["authorization_endpoint"], nonce=nonce, code_verifier=verifier
        )
    return address, Asked(state, nonce, verifier, int(now.timestamp()))


def answered(
    storage: Storage, rules: Oidc, back: str, asked: Asked | None, told: Mapping[str, str], now: datetime
) -> Outside:
    """Whom the provider vouches for. `told`: what it sent the browser back with.

    Raises ProviderAway, and Refused: for what nobody asked for here, came back too late or a second time, for what the
    provider itself refuses, and for what it does not vouch for."""
    if asked is None or not told.get("state") or told["state"] != asked.state:
        raise Refused("sign_in.not_asked_here")
    if not timedelta() <= now - datetime.fromtimestamp(asked.since, UTC) <= _LASTS or not _is_first(storage, asked):
        raise Refused("sign_in.asked_too_long_ago")
    if "error" in told or not told.get("code"):
        raise Refused("sign_in.provider_refused", why=told.get("error", "")[:60])
    if told.get("iss", rules.issuer) != rules.issuer:  # RFC 9207: another provider's answer
        raise Refused("sign_in.not_vouched")
    with _session(rules, back) as session:
        found = _discovered(session, rules)
        claims = _claims(session, rules, found, asked, told["code"], now)
    return _outside(rules, claims)


def sign_out_address(rules: Oidc, back: str) -> str | None:
    """Where one signs out at the provider too; None where it has no such page. Raises ProviderAway."""
    with _session(rules, back) as session:
        place = _discovered(session, rules).get("end_session_endpoint")
    if not isinstance(place, str):
        return None
    return f"{place}?{urlencode({'client_id': rules.client_id, 'post_logout_redirect_uri': back})}"


@contextmanager
def _session(rules: Oidc, back: str) -> Iterator[Any]:
    session = OAuth2Session(
        rules.client_id,
        rules.secret,
        scope=" ".join(rules.scopes),
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=_SECONDS,
        leeway=0,  # its token is used within the moment
    )
    session.trust_env = False
    try:
        yield session
    except OSError as error:  # what requests raises is one
        log.warning("the provider %s does not answer: %s", rules.issuer, error)
        raise ProviderAway("sign_in.provider_away") from None
    finally:
        session.close()


def _discovered(session: Any, rules: Oidc) -> Mapping[str, Any]:
    """Of the issuer itself: another's description would lead code and secret to another's address."""
    found = _asked(session, f"{rules.issuer.rstrip('/')}/.well-known/openid-configuration")
    places = [found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    scheme = urlsplit(rules.issuer).scheme
    if found.get("issuer") != rules.issuer or not all(
        isinstance(place, str) and urlsplit(place).scheme in ("https", scheme) for place in places
    ):
        log.warning("what %s says of itself is not what the settings name", rules.issuer)
        raise ProviderAway("sign_in.provider_away")
    return found


def _asked(session: Any, address: str, **how: Any) -> dict[str, Any]:
    answer = session.get(address, allow_redirects=False, **({"withhold_token": True} | how))
    answer.raise_for_status()
    read = answer.json()
    if answer.status_code != 200 or not isinstance(read, dict):
        raise ProviderAway("sign_in.provider_away")
    return read


def _claims(
    session: Any, rules: Oidc, found: Mapping[str, Any], asked: Asked, code: str, now: datetime
) -> dict[str, Any]:
    ways = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" not in ways and "client_secret_post" in ways:
        session.token_endpoint_auth_method = "client_secret_post"
    try:
        token = session.fetch_token(
            found["token_endpoint"], code=code, code_verifier=asked.verifier, allow_redirects=False
        )
        keys = KeySet.import_key_set(_asked(session, found["jwks_uri"]))  # type: ignore[arg-type]  # it looks itself
        read = jwt.decode(token["id_token"], keys, algorithms=list(_ALGORITHMS))
        proved = CodeIDToken(
            read.claims,
            read.header,
            {"iss": {"essential": True, "value": rules.issuer}, "aud": {"essential": True, "value": rules.client_id}},
            {"nonce": asked.nonce, "client_id": rules.client_id, "access_token": token.get("access_token")},
        )
        proved.validate(now=int(now.timestamp()), leeway=_LEEWAY)
        return {**_more(session, found, proved["sub"]), **proved}
    except (AuthlibBaseError, JoseError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, OSError):
            raise
        log.warning("what the provider %s says is not believed: %s", rules.issuer, error)
        raise Refused("sign_in.not_vouched") from None


def _more(session: Any, found: Mapping[str, Any], subject: object) -> dict[str, Any]:
    """What the provider tells of the same person besides; groups often stand there alone."""
    place = found.get("userinfo_endpoint")
    if not isinstance(place, str):
        return {}
    told = _asked(session, place, withhold_token=False)
    return told if told.get("sub") == subject else {}


def _outside(rules: Oidc, claims: Mapping[str, Any]) -> Outside:
    groups = claims.get(rules.groups_claim)
    named = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
    mail = claims.get("email") if claims.get("email_verified") is True else ""
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject or len(subject) > 255:
        raise Refused("sign_in.not_vouched")
    return Outside(
        provider=provider_of(rules),
        subject=subject,
        username=_text(claims.get(rules.username_claim)),
        name=_text(claims.get("name")) or _text(claims.get(rules.username_claim)),
        mail=_text(mail),
        groups=frozenset(each for each in named if isinstance(each, str)),
    )


def _text(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""


def _is_first(storage: Storage, asked: Asked) -> bool:
    """Whoever has kept a copy of the browser's cookie comes a second time for nothing."""
    since = datetime.fromtimestamp(asked.since, UTC)
    digest = sha256(asked.state.encode()).hexdigest()
    with storage.writing() as tx:
        return AttemptStore(tx).add(_STATE.kind, digest, _STATE.window(since), 1) == _STATE.most
