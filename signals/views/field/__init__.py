"""The tablet's side of the server: a shell without anybody's data, and the addresses its modules talk to."""
