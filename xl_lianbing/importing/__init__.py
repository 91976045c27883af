"""Figures from the systems into the input tabs (`import`, 导入数据): a foreign table is read, its columns are
recognised, what is new is appended. Begin with `run.py`.
"""
