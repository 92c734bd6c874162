"""Wardens move on to the next zone with each period: the rules of that, and how a rota is made, changed and told."""
