"""Faults of the machine, prepared: nothing is lost, nobody is charged, nothing is left behind."""
