"""The macros of the master: one table of buttons, the VBA project and ribbon made from it. Begin with `buttons.py`."""
