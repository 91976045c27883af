"""The part of one worksheet: scanned and rewritten as a stream of bytes, long tables in processes of their own.

Begin with `scan.py`, then `rewrite.py`.
"""
