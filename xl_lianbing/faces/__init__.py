"""What people and programs touch: commands, buttons, the menu of start.cmd, and the words that they answer with.

Begin with `cli/__init__.py` (one function a command) or `buttons.py` (one function a button).
"""
