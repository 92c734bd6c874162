"""How much of what is there is used: hours against real opening hours, people against seats."""
