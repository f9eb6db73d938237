"""Links that let somebody in who has no account: where they are opened, and the administrators' list of them."""
