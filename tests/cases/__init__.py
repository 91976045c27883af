"""Worked examples (算例) that can be read and checked without knowing the program."""
