"""The name by which every start.cmd calls the menu, which stands in `faces/menu.py`."""

from xl_lianbing.faces.menu import main

if __name__ == "__main__":
    raise SystemExit(main())
