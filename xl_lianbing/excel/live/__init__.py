"""A workbook that is open in a spreadsheet program, through xlwings. Begin with `book.py`."""
