"""Pure rules and values: no clock, no I/O. Times are aware UTC unless a name says otherwise."""
