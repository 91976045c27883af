"""Finds what keeps the program from working on a PC, and what to do about it."""
