"""Speech to text: recognisers behind one small interface, their models, and the process that transcribes."""
