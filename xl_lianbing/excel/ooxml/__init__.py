"""Trusted packages part by part: ZIP members kept byte for byte, sheets scanned and rewritten as a stream.

Begin with `zip_parts.py` and `sheet_scan.py`. Files of strangers go through `intake/door`, which has other limits.
"""
