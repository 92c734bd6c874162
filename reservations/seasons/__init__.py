"""Who has priority in a room, when: allocations, and the seasons for which they are asked and divided."""
