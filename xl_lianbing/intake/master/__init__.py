"""What the bureau typed into the master: 规则 and the input tabs, never a result tab. Begin with `inputs.py`."""
