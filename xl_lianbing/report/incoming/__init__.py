"""What came in: 回执登记, 校核结果 and the summary tabs with the fate of every row. Begin with `summaries.py`."""
