"""What a use of a room costs: reckoned, said beforehand, kept, and listed by the month."""
