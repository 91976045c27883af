"""A LibreOffice behind xlwings, for tests of the live workbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.libreoffice.office import Document, Office, connect
from xl_lianbing.excel.live.start import HOSTS, load_xlwings

if TYPE_CHECKING:
    from tests.excel.uno_engine import UnoEngine


def engine_at(address: str) -> UnoEngine:
    """xlwings' engine over the LibreOffice at a UNO address; its host is made known, too."""
    xlwings: Any = load_xlwings()
    from tests.excel.uno_engine import UnoEngine
    from tests.excel.uno_host import UnoHost

    engine = UnoEngine(connect(address))
    front = xlwings.Engine(impl=engine)
    xlwings.engines.add(front)
    front.activate()
    HOSTS[engine.name] = UnoHost()
    return engine


def xlwings_book(engine: UnoEngine, path: Path) -> Any:
    """The `xlwings.Book` of an open document."""
    return load_xlwings().Book(impl=engine.app.books.at(path))


@contextmanager
def opened(office: Office, engine: UnoEngine, path: Path) -> Iterator[tuple[Document, Any]]:
    """A document with its `xlwings.Book`, closed without saving."""
    document = office.open(path)
    try:
        yield document, xlwings_book(engine, path)
    finally:
        document.close()
