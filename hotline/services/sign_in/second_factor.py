"""A second factor: setting it up, proving it, and its reset by somebody else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import pyotp

from hotline.domain.accounts.attempts import counted_for_code
from hotline.domain.accounts.session import SessionEnd
from hotline.domain.accounts.user import User
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.sign_in.second_factor import RECOVERY_CODES, is_from_phone, matching_step, plain_code
from hotline.services.accounts import attempts, sessions
from hotline.services.accounts.passwords import generate_password
from hotline.services.notifications.notify import notify
from hotline.services.sign_in.notification_kinds import SECOND_FACTOR_RESET
from hotline.services.sign_in.sealed import seal, unseal
from hotline.services.staff.concerned import person_of_account
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.sign_in.second_factors import SecondFactorStore
from hotline.storage.transaction import Storage, Transaction


def prove(storage: Storage, key: bytes, user: User, typed: str, address: str, now: datetime) -> bool:
    """Whether this is a code of the person's phone that was not taken yet, or a recovery code that was not used yet; it
    is used up then, and a refusal is noted. Raises TooFast, before anything is looked at."""
    user_id, code = _id_of(user), plain_code(typed)
    counted = counted_for_code(user_id)
    attempts.take(storage, counted, address, now)
    with storage.writing() as tx:
        from_phone = is_from_phone(code)
        fits = _use_step(tx, key, user_id, code, now) if from_phone else _use_recovery_code(tx, user_id, code, now)
        if not fits:
            AuditLog(tx).add(now, user.username, "second_factor.refused", f"user:{user.username}", address)
        elif not from_phone:
            left = SecondFactorStore(tx).recovery_codes_left(user_id)
            AuditLog(tx).add(now, user.username, "second_factor.recovery", f"user:{user.username}", f"{left} codes")
    if fits:
        attempts.give_back(storage, counted, now)
    return fits


def propose(storage: Storage, key: bytes, user: User, typed: str, address: str, now: datetime) -> None:
    """A new secret, which waits for its first code. Whoever has a second factor proves it by a code, `typed`.

    Raises Refused for a wrong one, and TooFast."""
    if user.second_factor_at is not None:
        _require_proof(storage, key, user, typed, address, now)
    with storage.writing() as tx:
        SecondFactorStore(tx).propose(_id_of(user), seal(key, pyotp.random_base32(), _id_of(user)), now)


def proposed(storage: Storage, key: bytes, user: User) -> str | None:
    """The secret that waits for its first code, to be shown to its owner; None where none waits."""
    with storage.reading() as tx:
        found = SecondFactorStore(tx).of(_id_of(user))
    return unseal(key, found.pending, _id_of(user)) if found and found.pending else None


def confirm(
    storage: Storage, key: bytes, user: User, typed: str, address: str, session_id: int | None, now: datetime
) -> Sequence[str]:
    """The secret that waited is asked for from now on: its recovery codes, which are told only now. All sessions of
    theirs but this one end.

    Raises Refused for a wrong code, or where nothing waits, and TooFast."""
    user_id, code = _id_of(user), plain_code(typed)
    counted = counted_for_code(user_id)
    attempts.take(storage, counted, address, now)
    with storage.writing() as tx:
        found = SecondFactorStore(tx).of(user_id)
        secret = unseal(key, found.pending, user_id) if found and found.pending else None
        if found is None or found.pending is None or secret is None:
            raise Refused("sign_in.nothing_proposed")
        step = matching_step(secret, code, now, after=0)
        if step is None or not SecondFactorStore(tx).confirm(user_id, found.pending, step, now):
            raise Refused("sign_in.wrong_code", field="code")
        codes = _give_recovery_codes(tx, user_id, now)
        sessions.end_all(tx, user_id, user.username, SessionEnd.SECOND_FACTOR_CHANGED, now, kept=session_id)
        AuditLog(tx).add(now, user.username, "second_factor.set_up", f"user:{user.username}", address)
    attempts.give_back(storage, counted, now)
    return codes


def renew_recovery_codes(
    storage: Storage, key: bytes, user: User, typed: str, address: str, now: datetime
) -> Sequence[str]:
    """New ones in place of all there were. Raises Refused for a wrong code, and TooFast."""
    _require_proof(storage, key, user, typed, address, now)
    with storage.writing() as tx:
        codes = _give_recovery_codes(tx, _id_of(user), now)
        AuditLog(tx).add(now, user.username, "second_factor.codes", f"user:{user.username}", address)
    return codes


def recovery_codes_left(storage: Storage, user: User) -> int:
    with storage.reading() as tx:
        return SecondFactorStore(tx).recovery_codes_left(_id_of(user))


def reset(storage: Storage, username: str, reason: str, by: str, now: datetime) -> None:
    """Take somebody's second factor away, who has lost it; they are signed out everywhere and told.

    Raises Forbidden for one's own, Refused without a reason, and NotFound where there is none."""
    said = sessions.require_reason(reason)
    if username == by:
        raise Forbidden("sign_in.own_second_factor")
    with storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        if user is None or user.id is None:
            raise NotFound("accounts.no_user", username=username)
        if user.second_factor_at is None:
            raise NotFound("sign_in.no_second_factor", username=username)
        SecondFactorStore(tx).take_away(user.id)
        sessions.end_all(tx, user.id, by, SessionEnd.SECOND_FACTOR_RESET, now)
        AuditLog(tx).add(now, by, "second_factor.reset", f"user:{username}", said)
        person = person_of_account(tx, username)
        if person is not None and person.id is not None:
            notify(tx, [person.id], SECOND_FACTOR_RESET, f"user:{username}", now, by=by)


def _require_proof(storage: Storage, key: bytes, user: User, typed: str, address: str, now: datetime) -> None:
    if not prove(storage, key, user, typed, address, now):
        raise Refused("sign_in.wrong_code", field="code")


def _use_step(tx: Transaction, key: bytes, user_id: int, code: str, now: datetime) -> bool:
    found = SecondFactorStore(tx).of(user_id)
    if found is None or found.secret is None:
        return False
    secret = unseal(key, found.secret, user_id)
    step = matching_step(secret, code, now, found.last_step) if secret else None
    return step is not None and SecondFactorStore(tx).use_step(user_id, found.secret, step)


def _use_recovery_code(tx: Transaction, user_id: int, code: str, now: datetime) -> bool:
    return SecondFactorStore(tx).use_recovery_code(user_id, _digest(code), now)


def _give_recovery_codes(tx: Transaction, user_id: int, now: datetime) -> Sequence[str]:
    codes = [generate_password() for _ in range(RECOVERY_CODES)]
    SecondFactorStore(tx).give_recovery_codes(user_id, map(_digest, map(plain_code, codes)), now)
    return codes


def _digest(code: str) -> str:
    """79 bits by chance: nobody finds them by trying."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def _id_of(user: User) -> int:
    assert user.id is not None
    return user.id
