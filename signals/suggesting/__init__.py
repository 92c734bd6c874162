"""Which subject the words of a report are about: three suggestions, learned from open text only."""
