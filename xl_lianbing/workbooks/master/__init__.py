"""The blank master (总表.xlsm): one module a kind of tab. Begin with `book.py`."""
