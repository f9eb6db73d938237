"""Text messages: the administrators' page, and the gateway's reports."""
