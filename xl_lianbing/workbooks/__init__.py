"""How workbooks look when they are made: the blank returns and the blank master, with XlsxWriter.

Begin with `returns/blank_return.py` and `master/book.py`; `styles.py` is the one palette.
"""
