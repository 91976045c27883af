"""The one reader of the master. Begin with `inputs.py` (what the bureau typed: 规则 and the input tabs, with their
places) and `tabs.py` (any tab as it stands, result tabs among them)."""
