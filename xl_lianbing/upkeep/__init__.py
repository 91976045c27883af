"""For those who look after the program: `doctor`, the portable folder for Windows, the generated documents.

Begin with `doctor/run.py`.
"""
