"""Are the files that the returns name there, and what they should be (佐证)? Begin with `examine.py`."""
