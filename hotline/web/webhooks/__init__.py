"""Web hooks: the administrators' pages."""
