"""Signatures that any library of Standard Webhooks checks."""

from __future__ import annotations

import base64

from hotline.domain.webhooks import signing


def test_it_signs_as_the_specification_does() -> None:
    """The example of the specification's own libraries."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = signing.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_hook_and_each_version_has_a_secret_of_its_own() -> None:
    made = {signing.secret_of(root, key, version) for root in ("r", "s") for key in ("a", "b") for version in (1, 2)}
    assert len(made) == 8 and {len(each) for each in made} == {32}
    shown = signing.shown(signing.secret_of("r", "a", 1))
    assert shown.startswith("whsec_") and base64.b64decode(shown[6:]) == signing.secret_of("r", "a", 1)


def test_a_message_carries_one_signature_for_each_secret() -> None:
    sent = signing.headers([b"new", b"old"], "key", 7, b"{}")
    assert sent["webhook-id"] == "key" and sent["webhook-timestamp"] == "7"
    assert sent["webhook-signature"].split() == [signing.signature(each, "key", 7, b"{}") for each in (b"new", b"old")]
