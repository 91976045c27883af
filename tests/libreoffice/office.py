"""A running LibreOffice: open workbooks, read cells, press the buttons on the sheets."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from tests.libreoffice.convert import end_session
from tests.libreoffice.profile import make_profile
from tests.libreoffice.uno_runtime import OfficeError, load_uno, plain_errors, property_value

ADDRESS_VARIABLE = "LIANBING_OFFICE"
START_SECONDS = 90
LIMIT_SECONDS = 600
ACTION_SECONDS = 60
_START_ATTEMPTS = 3
_RUN_MACROS = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".ods": "calc8"}

Answer = TypeVar("Answer")


def wait_for(ask: Callable[[], Answer | None], what: str, seconds: float = ACTION_SECONDS) -> Answer:
    """Ask until the answer is neither None nor False.

    Raises:
        TimeoutError: it never was; the message names what was waited for.
    """
    end = time.monotonic() + seconds
    for pause in itertools.chain((0.02, 0.05, 0.1), itertools.repeat(0.2)):
        answer = ask()
        if answer is not None and answer is not False:
            return answer
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} seconds for {what}")
        time.sleep(pause)
    raise AssertionError("unreachable")


class Office:
    """A LibreOffice of its own (profile, pipe, processes), for ``with``; always ended.

    Args:
        headless: False shows windows on the display of the environment (Xvfb).
        environment: more environment variables for the program and what its macros start; they also find its UNO
            address in ``LIANBING_OFFICE``.
        limit_seconds: the program is ended after this time, so that a call that it never answers fails instead of
            hanging.
    """

    def __init__(
        self,
        *,
        headless: bool = True,
        environment: Mapping[str, str] | None = None,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        self._headless = headless
        self._limit_seconds = limit_seconds
        self._watchdog: threading.Timer | None = None
        self._opened: set[Path] = set()
        self._environment = dict(environment or {})
        self._profile: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[str] | None = None
        self._desktop: Any = None
        self.pipe = ""

    @property
    def address(self) -> str:
        """The UNO address of this LibreOffice, for another program."""
        return f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext"

    def __enter__(self) -> Office:
        for attempt in range(1, _START_ATTEMPTS + 1):
            try:
                self._start()
                return self
            except TimeoutError:
                self._stop()
                if attempt == _START_ATTEMPTS:
                    raise
            except BaseException:
                self._stop()
                raise
        raise AssertionError("unreachable")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    @plain_errors
    def open(self, path: Path) -> Document:
        """Open a workbook with its macros allowed.

        Raises:
            OfficeError: it is no workbook, or another LibreOffice has it open.
        """
        document = self._desktop.loadComponentFromURL(
            path.resolve().as_uri(), "_blank", 0, (property_value("MacroExecutionMode", _RUN_MACROS),)
        )
        if document is None:
            raise OfficeError(f"LibreOffice can't open {path.name}")
        self._opened.add(path.resolve())
        return Document(document)

    def end(self) -> None:
        """End the program at once; calls that wait for it fail."""
        if self._process is not None:
            end_session(self._process)

    def _start(self) -> None:
        self.pipe = f"lianbing-{uuid.uuid4().hex}"
        self._profile = tempfile.TemporaryDirectory(prefix="lianbing-office-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [
                shutil.which("soffice") or "soffice",
                make_profile(Path(self._profile.name)),
                *(["--headless"] if self._headless else []),
                *("--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={self.pipe};urp;"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            env={**os.environ, "LC_ALL": "C.UTF-8", ADDRESS_VARIABLE: self.address, **self._environment},
        )
        self._watchdog = threading.Timer(self._limit_seconds, self.end)
        self._watchdog.daemon = True
        self._watchdog.start()
        context = wait_for(self._connect, "LibreOffice to start", START_SECONDS)
        self._desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def _connect(self) -> Any:
        if self._process is not None and self._process.poll() is not None:
            raise TimeoutError(f"soffice ended with {self._process.returncode} while starting")
        return connect(self.address)

    def _stop(self) -> None:
        if self._watchdog is not None:
            self._watchdog.cancel()
        self.end()
        for path in self._opened:
            path.with_name(f".~lock.{path.name}#").unlink(missing_ok=True)
        if self._profile is not None:
            self._profile.cleanup()
        self._process = self._profile = self._desktop = self._watchdog = None


def connect(address: str) -> Any:
    """The component context at a UNO address, or None while nobody answers there."""
    uno = load_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    try:
        return resolver.resolve(address)
    except uno.getClass("com.sun.star.connection.NoConnectException"):
        return None


class Document:
    """An open workbook."""

    def __init__(self, component: Any) -> None:
        self.component = component

    @plain_errors
    def sheet_names(self) -> tuple[str, ...]:
        """Tabs in order, hidden ones included."""
        return tuple(self.component.Sheets.ElementNames)

    @plain_errors
    def cells(self, sheet: str, reference: str) -> tuple[tuple[str | float, ...], ...]:
        """The values of a range (``B2:D9``): texts, numbers, ``""`` for empty."""
        cells = self.component.Sheets.getByName(sheet).getCellRangeByName(reference)
        return tuple(tuple(row) for row in cells.getDataArray())

    @plain_errors
    def formulas(self, sheet: str, reference: str) -> tuple[tuple[str, ...], ...]:
        """What was typed into a range: formulas as text, else the value as text."""
        cells = self.component.Sheets.getByName(sheet).getCellRangeByName(reference)
        return tuple(tuple(row) for row in cells.getFormulaArray())

    @plain_errors
    def set_cells(self, sheet: str, reference: str, values: tuple[tuple[str | float, ...], ...]) -> None:
        """Type values into a range of the same size."""
        self.component.Sheets.getByName(sheet).getCellRangeByName(reference).setDataArray(values)

    @plain_errors
    def buttons(self, sheet: str) -> dict[str, str]:
        """Caption → address of the macro bound to it (``""`` if none), for each form button of a sheet."""
        page = self.component.Sheets.getByName(sheet).DrawPage
        found: dict[str, str] = {}
        for form_index in range(page.Forms.Count):
            form = page.Forms.getByIndex(form_index)
            for index in range(form.Count):
                scripts = [event.ScriptCode for event in form.getScriptEvents(index)]
                found[form.getByIndex(index).Label] = scripts[0] if scripts else ""
        return found

    @plain_errors
    def press(self, sheet: str, caption: str) -> None:
        """Press a form button; its macro may still be running when this returns.

        A message box is answered at once where LibreOffice is headless.

        Raises:
            LookupError: no such button on the sheet.
        """
        controller = self.component.CurrentController
        target = self.component.Sheets.getByName(sheet)
        controller.setActiveSheet(target)
        model = self._button_model(target.DrawPage, caption)
        context = wait_for(lambda: self._accessible(controller, model), f"the button {caption} to be shown")
        context.doAccessibleAction(0)

    def _button_model(self, page: Any, caption: str) -> Any:
        captions: list[str] = []
        for index in range(page.Count):
            shape = page.getByIndex(index)
            if not shape.supportsService("com.sun.star.drawing.ControlShape"):
                continue
            if shape.Control.Label == caption:
                return shape.Control
            captions.append(shape.Control.Label)
        raise LookupError(f"no button {caption!r}, only {captions}")

    def _accessible(self, controller: Any, model: Any) -> Any:
        uno = load_uno()
        try:
            context = controller.getControl(model).getAccessibleContext()
        except (uno.getClass("com.sun.star.container.NoSuchElementException"), AttributeError):
            return None
        return context if context is not None and context.getAccessibleActionCount() > 0 else None

    @plain_errors
    def save_as(self, path: Path) -> None:
        """Write a copy in the format of the file name (.xlsx, .xlsm, .ods); the document keeps its own name."""
        self.component.storeToURL(
            path.resolve().as_uri(), (property_value("FilterName", _FILTERS[path.suffix.lower()]),)
        )

    @plain_errors
    def close(self) -> None:
        """Close without saving."""
        self.component.setModified(False)
        self.component.close(True)
