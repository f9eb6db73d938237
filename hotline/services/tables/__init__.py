"""Tables that people bring in: any kind of file in, rows by named columns out, every fault told by line and column."""
