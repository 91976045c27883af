"""What came by mail as it is: archives and letters are opened within bounds, returns told from scans.

Begin with `arrivals.py`.
"""
