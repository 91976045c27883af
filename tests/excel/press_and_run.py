"""Started by the bridge in LibreOffice: runs what a pressed button hands to RunPython, with the document as caller.

The same functions as in Excel; xlwings speaks to LibreOffice. The log (UnoApp) is written when all is done.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.excel.live_session import engine_at, xlwings_book
from tests.libreoffice.bridge import bridge_arguments
from tests.libreoffice.office import ADDRESS_VARIABLE

LOG: Final = "LIANBING_TEST_LOG"


def main() -> None:
    command, path = bridge_arguments(sys.argv[1:])
    engine = engine_at(os.environ[ADDRESS_VARIABLE])
    try:
        xlwings_book(engine, path).set_mock_caller()
        exec(command, {})
    except BaseException as error:
        engine.app.log.append(("escaped", repr(error)))
        raise
    finally:
        engine.app.write_log(Path(os.environ[LOG]))


if __name__ == "__main__":
    main()
