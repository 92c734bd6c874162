"""Telling the program of a partner that something happened to what concerns its team."""
