"""The demo city: invented people on a year of real-shaped reports."""
