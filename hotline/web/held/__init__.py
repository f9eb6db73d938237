"""Long-lived connections: one thread holds them all, so that they occupy none of the request threads.

A view answers as ever up to the headers and the first words. Then `handover` takes the socket away from the web server,
which is free for the next request, and `holder` carries it on: a `line` writes what an `outlet` is given, a `tunnel`
passes bytes both ways. `crowd` bounds how many one person or display has.
"""
