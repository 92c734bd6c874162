"""What a team speaks about, what it decides, and who does what by when."""
