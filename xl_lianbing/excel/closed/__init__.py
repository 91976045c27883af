"""A workbook that no program has open. Begin with `book.py`."""
