"""What if this building closed: every booking of a period placed again in the rooms that remain; and the fewest
buildings that would do. Exact, with HiGHS (through SciPy); the gap to the best there can be is part of the answer."""
