"""A year of bookings in the demo city: invented people in the rooms of Kortrijk, by fixed dice."""
