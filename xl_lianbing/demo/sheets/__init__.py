"""The sheets of the demonstration: returns, what the bureau types, scans (演示数据). Begin with `returns.py`."""
