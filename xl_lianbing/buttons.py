"""The name by which the macros of every master call the buttons; the functions stand in `faces/buttons.py`."""

from xl_lianbing.faces.buttons import *  # noqa: F403
