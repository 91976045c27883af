"""How fast and how big: made-up returns of given sizes, and the measurements (see README.md)."""
