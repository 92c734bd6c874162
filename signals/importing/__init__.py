"""Reports out of a file: the export of a call line becomes signals, as if each call came in at its own time."""
