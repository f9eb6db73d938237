"""OpenID Connect against a real provider, and against one that lies (E4, F8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from hotline.domain.errors import Refused
from hotline.domain.sign_in.outside import Outside
from hotline.services.sign_in import oidc
from hotline.settings.sign_in import Oidc
from hotline.storage.transaction import Storage
from tests.support.lying_provider import LyingProvider, lying_provider
from tests.support.oidc import Provider, provider
from tests.support.rig import free_port

BACK = "http://localhost/sign-in/company/back"


def rules(issuer: str, client: str = "hotline") -> Oidc:
    return Oidc(
        issuer=issuer,
        name="",
        client_id=client,
        secret="s3cret",
        scopes=("openid", "profile", "email"),
        username_claim="preferred_username",
        groups_claim="groups",
    )


def clock() -> datetime:
    """The provider has no other."""
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def company() -> Iterator[Provider]:
    with provider() as there:
        there.person(
            "u-17",
            preferred_username="Zhao.Min@corp",
            name="赵敏",
            email="zhao@example.com",
            email_verified=True,
            groups=["hotline-operators", 7],
        )
        there.person("u-18", preferred_username="li", email="li@example.com")
        yield there


def test_e4_the_provider_vouches_for_whoever_signed_in_there(storage: Storage, company: Provider) -> None:
    address, asked = oidc.ask(rules(company.issuer), BACK, clock())
    query = parse_qs(urlsplit(address).query)
    assert query["code_challenge_method"] == ["S256"] and asked.verifier not in address
    assert query["nonce"] == [asked.nonce] and query["state"] == [asked.state] and query["redirect_uri"] == [BACK]
    told = company.signs_in(address, "u-17")
    found = oidc.answered(storage, rules(company.issuer), BACK, asked, told, clock())
    assert found == Outside(
        f"oidc {company.issuer}", "u-17", "Zhao.Min@corp", "赵敏", "zhao@example.com", frozenset({"hotline-operators"})
    )


def test_e4_a_mail_address_that_is_not_verified_is_none(storage: Storage, company: Provider) -> None:
    address, asked = oidc.ask(rules(company.issuer), BACK, clock())
    found = oidc.answered(storage, rules(company.issuer), BACK, asked, company.signs_in(address, "u-18"), clock())
    assert (found.subject, found.mail, found.name) == ("u-18", "", "li")


def test_f8_a_state_is_taken_once_and_from_the_browser_that_asked(storage: Storage, company: Provider) -> None:
    known = rules(company.issuer)
    address, asked = oidc.ask(known, BACK, clock())
    told = company.signs_in(address, "u-17")
    for other in (None, replace(asked, state="other")):
        with pytest.raises(Refused, match="not_asked_here"):
            oidc.answered(storage, known, BACK, other, told, clock())
    with pytest.raises(Refused, match="not_asked_here"):
        oidc.answered(storage, known, BACK, asked, {**told, "state": ""}, clock())
    oidc.answered(storage, known, BACK, asked, told, clock())
    again = company.signs_in(address, "u-17")  # a fresh code under the old state and nonce
    with pytest.raises(Refused, match="asked_too_long_ago"):
        oidc.answered(storage, known, BACK, asked, again, clock())


def test_f8_a_code_is_taken_once(storage: Storage, company: Provider) -> None:
    known = rules(company.issuer)
    address, asked = oidc.ask(known, BACK, clock())
    told = company.signs_in(address, "u-17")
    oidc.answered(storage, known, BACK, asked, told, clock())
    _address, other = oidc.ask(known, BACK, clock())
    with pytest.raises(Refused, match="not_vouched"):
        oidc.answered(storage, known, BACK, other, {**told, "state": other.state}, clock())


def test_f8_a_code_that_another_browser_was_given_is_worth_nothing_here(storage: Storage, company: Provider) -> None:
    known = rules(company.issuer)
    address, _theirs = oidc.ask(known, BACK, clock())
    stolen = company.signs_in(address, "u-17")["code"]
    _address, mine = oidc.ask(known, BACK, clock())
    with pytest.raises(Refused, match="not_vouched"):
        oidc.answered(storage, known, BACK, mine, {"code": stolen, "state": mine.state}, clock())


def test_f8_a_code_of_another_client_is_worth_nothing_here(storage: Storage, company: Provider) -> None:
    address, theirs = oidc.ask(rules(company.issuer, "other"), BACK, clock())
    told = company.signs_in(address, "u-17")
    with pytest.raises(Refused, match="not_vouched"):
        oidc.answered(storage, rules(company.issuer), BACK, theirs, told, clock())


def test_f8_who_takes_too_long_or_is_refused_there_is_told_so(storage: Storage, company: Provider) -> None:
    known = rules(company.issuer)
    address, asked = oidc.ask(known, BACK, clock())
    told = company.signs_in(address, "u-17")
    for late in (timedelta(minutes=10, seconds=2), timedelta(minutes=-1)):
        with pytest.raises(Refused, match="asked_too_long_ago"):
            oidc.answered(storage, known, BACK, asked, told, clock() + late)
    address, asked = oidc.ask(known, BACK, clock())
    refused = {"state": asked.state, "error": "access_denied"}
    with pytest.raises(Refused, match="provider_refused"):
        oidc.answered(storage, known, BACK, asked, refused, clock())


def test_f8_an_answer_of_another_issuer_is_not_believed(storage: Storage, company: Provider) -> None:
    known = rules(company.issuer)
    address, asked = oidc.ask(known, BACK, clock())
    told = company.signs_in(address, "u-17")
    with pytest.raises(Refused, match="not_vouched"):
        oidc.answered(storage, known, BACK, asked, {**told, "iss": "https://evil.example"}, clock())
    with pytest.raises(oidc.ProviderAway):  # it calls itself otherwise
        oidc.ask(rules(f"{company.issuer}/"), BACK, clock())


def test_e4_a_provider_that_is_away_is_told_of_as_such() -> None:
    with pytest.raises(oidc.ProviderAway):
        oidc.ask(rules(f"http://localhost:{free_port()}"), BACK, clock())


def test_e4_one_signs_out_there_too(company: Provider) -> None:
    address = oidc.sign_out_address(rules(company.issuer), "http://localhost/sign-in")
    assert address is not None and address.startswith(f"{company.issuer}/oauth2/end_session?")
    assert parse_qs(urlsplit(address).query)["post_logout_redirect_uri"] == ["http://localhost/sign-in"]


@pytest.fixture(scope="module")
def liar() -> Iterator[LyingProvider]:
    with lying_provider() as there:
        yield there


def told_by(storage: Storage, liar: LyingProvider, algorithm: str = "RS256", **claims: Any) -> Outside:
    known = rules(liar.issuer)
    now = clock()
    _address, asked = oidc.ask(known, BACK, now)
    moment = int(now.timestamp())
    true = {"iss": liar.issuer, "aud": "hotline", "sub": "u-1", "nonce": asked.nonce, "iat": moment, "exp": moment + 60}
    liar.claims = {name: value for name, value in {**true, **claims}.items() if value is not None}
    liar.algorithm = algorithm
    return oidc.answered(storage, known, BACK, asked, {"state": asked.state, "code": "c"}, now)


def test_f8_the_provider_of_these_lies_is_believed_when_it_tells_the_truth(
    storage: Storage, liar: LyingProvider
) -> None:
    assert told_by(storage, liar, groups=["a"]).groups == {"a"}
    assert told_by(storage, liar, aud=["hotline"]).subject == "u-1"


LIES: dict[str, dict[str, Any]] = {
    "unsigned": {"algorithm": "none"},
    "signed with the public key as a secret": {"algorithm": "HS256"},
    "for another client": {"aud": "other"},
    "for another client, with our name as the party": {"aud": "other", "azp": "hotline"},
    "for many, on behalf of another": {"aud": ["hotline", "other"], "azp": "other"},
    "of another issuer": {"iss": "https://evil.example"},
    "of no issuer": {"iss": None},
    "with another's nonce": {"nonce": "other"},
    "without a nonce": {"nonce": None},
    "expired": {"exp": 1_700_000_000},
    "without an end": {"exp": None},
    "of nobody": {"sub": None},
    "of an empty subject": {"sub": ""},
    "of a subject that is no text": {"sub": 17},
    "of the future": {"iat": 4_000_000_000},
}


@pytest.mark.parametrize("lie", LIES)
def test_f8_no_lie_is_believed(storage: Storage, liar: LyingProvider, lie: str) -> None:
    with pytest.raises(Refused, match="not_vouched"):
        told_by(storage, liar, **LIES[lie])


def test_f8_a_token_by_another_key_is_not_believed(storage: Storage, liar: LyingProvider) -> None:
    from joserfc.jwk import RSAKey

    own = liar.key
    try:
        known, now = rules(liar.issuer), clock()
        _address, asked = oidc.ask(known, BACK, now)
        moment = int(now.timestamp())
        liar.algorithm = "RS256"
        liar.claims = {
            "iss": liar.issuer,
            "aud": "hotline",
            "sub": "u-1",
            "nonce": asked.nonce,
            "iat": moment,
            "exp": moment + 60,
        }
        forged = RSAKey.generate_key(2048, {"kid": "one"})
        sign = liar._token
        liar.key = forged
        token = sign()
        liar.key = own
        liar._token = lambda: token  # type: ignore[method-assign]
        with pytest.raises(Refused, match="not_vouched"):
            oidc.answered(storage, known, BACK, asked, {"state": asked.state, "code": "c"}, now)
    finally:
        liar.key = own
        liar.__dict__.pop("_token", None)


def test_f8_what_the_provider_tells_of_somebody_else_is_left_out(storage: Storage, liar: LyingProvider) -> None:
    liar.userinfo = {"sub": "u-2", "groups": ["administrators"]}
    assert told_by(storage, liar).groups == frozenset()
    liar.userinfo = {"sub": "u-1", "groups": ["operators"]}
    assert told_by(storage, liar).groups == {"operators"}
    liar.userinfo = {}


def test_f8_endpoints_in_clear_are_none_of_a_provider_with_tls(storage: Storage, liar: LyingProvider) -> None:
    liar.metadata = {"token_endpoint": "ftp://evil.example/token"}
    try:
        with pytest.raises(oidc.ProviderAway):
            oidc.ask(rules(liar.issuer), BACK, clock())
    finally:
        liar.metadata = {}
