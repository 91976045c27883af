"""Imports xlwings without what it does not need here, and knows which host serves which engine."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Final

from xl_lianbing.excel.live.host import Host
from xl_lianbing.excel.live.windows import ExcelHost, bound_attempts

if TYPE_CHECKING:
    import xlwings as xw

#: By name of the xlwings engine.
HOSTS: Final[dict[str, Host]] = {"excel": ExcelHost()}
_UNUSED: Final = ("pandas", "numpy", "polars", "matplotlib", "plotly", "PIL")


def load_xlwings() -> ModuleType:
    """The module `xlwings`, imported in a fifth of the usual time.

    It imports pandas, numpy and more wherever they are installed, 1.0 s instead of 0.2 s at every click, and does
    without where they are not. None in sys.modules makes `import` say that they are not; afterwards everything is as
    before, so that the rest of the program can import them.
    """
    if "xlwings" not in sys.modules:
        hidden = [name for name in _UNUSED if name not in sys.modules]
        for name in hidden:
            sys.modules[name] = None  # type: ignore[assignment]
        try:
            import xlwings  # noqa: F401
        finally:
            for name in hidden:
                if sys.modules.get(name, ...) is None:
                    del sys.modules[name]
    bound_attempts()
    return sys.modules["xlwings"]


def host_of(book: xw.Book) -> Host:
    """The host of the program that has the book open."""
    return HOSTS[book.app.engine.name]
