"""`python -m xl_lianbing`."""

from __future__ import annotations

import sys

from xl_lianbing.faces.cli import main

if __name__ == "__main__":
    sys.exit(main())
