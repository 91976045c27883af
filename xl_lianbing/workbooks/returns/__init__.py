"""The blank return (填报表), made from the column declarations. Begin with `blank_return.py`."""
