"""A wish in one sentence: "30 mensen, tafels, dinsdagavond wekelijks, dicht bij Overleie, met keuken"."""
