"""Links that let somebody in who has no account: made, opened, used, revoked."""
