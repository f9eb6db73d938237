"""Web hooks: gathered from the outbox, sent on time, looked after by administrators."""
