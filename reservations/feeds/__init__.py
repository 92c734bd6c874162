"""Bookings in the calendar of another program: as a file it subscribes to, and in the mails about them."""
