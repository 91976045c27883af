"""Which Python a button or start.cmd starts, and which paths of Windows it can be started from.

Begin with `interpreter.py`.
"""
