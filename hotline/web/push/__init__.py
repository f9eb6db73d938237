"""Server-sent events: what the outbox tells, to whom it concerns, in the order in which it became visible.

`tail` reads new entries once a process, `teller` composes what is told of them once a kind of reader, `hub` knows the
readers and hands it to them, `stream` is one reader's connection.
"""
