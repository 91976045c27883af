"""Asks a busy spreadsheet program again, but not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from xl_lianbing.excel.live.host import Busy, Host

Answer = TypeVar("Answer")

#: Seconds for each later call, such as those that bring the old cells back: the user has waited long enough.
_ONCE_GIVEN_UP: Final = 2.0


class Patience:
    """Repeats calls that a program rejects because a cell is being edited or a dialogue is open.

    seconds: how long a single call may take to get through; sleep, clock: of `time`, replaced in tests.
    """

    def __init__(
        self,
        host: Host,
        seconds: float = 15,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._host = host
        self._seconds = seconds
        self._sleep = sleep
        self._clock = clock

    def __call__(self, call: Callable[[], Answer]) -> Answer:
        """What `call` returns; it must be one that may be repeated. Raises Busy when the time is over."""
        end = self._clock() + self._seconds
        while True:
            try:
                return call()
            except Exception as error:
                if not self._host.is_busy(error):
                    raise
                if self._clock() >= end:
                    self._seconds = min(self._seconds, _ONCE_GIVEN_UP)
                    raise Busy from error
            self._sleep(0.25)
