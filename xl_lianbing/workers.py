"""Processes of this machine that take tasks. Where one dies or never comes back it is known over which task, and the
others go on; all end when the program ends, however it ends."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_Task = tuple[Future[Any], Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class WorkerDied(Exception):
    """The process that had the task ended before it was done."""


class WorkerTooSlow(Exception):
    """The task was not done in its time; its process was ended."""


class Workers(Executor):
    """`count` processes, each with one task at a time. A task's own exception is raised by its future."""

    def __init__(self, count: int, limit: float | None = None) -> None:
        """`limit`: seconds a task may take."""
        self.count = count
        self._limit = limit
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._closed = False
        # all are begun before there are threads: a fork in the midst of threads may take a lock with it
        children = [_Child() for _ in range(count)]
        self._threads = [threading.Thread(target=self._serve, args=(child,), daemon=True) for child in children]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._closed:
            raise RuntimeError("these workers have been shut down")
        future: Future[T] = Future()
        self._tasks.put((future, fn, args, kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if not self._closed:
            self._closed = True
            if cancel_futures:
                while not self._tasks.empty():
                    if (task := self._tasks.get()) is not None:
                        task[0].cancel()
            for _ in self._threads:
                self._tasks.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def __exit__(self, kind: object, *_: object) -> None:
        self.shutdown(cancel_futures=kind is not None)

    def _serve(self, child: _Child) -> None:
        while (task := self._tasks.get()) is not None:
            future, fn, args, kwargs = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(child.run((fn, args, kwargs), self._limit))
            except BaseException as e:
                future.set_exception(e)
                if isinstance(e, WorkerDied | WorkerTooSlow):
                    child.end()
                    child = _Child()
        child.close()


class _Child:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        context = get_context()
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_work, args=(theirs, self._pipe), daemon=True)
        self._process.start()
        theirs.close()

    def run(self, task: object, limit: float | None) -> object:
        try:
            self._pipe.send(task)
            if not wait([self._pipe, self._process.sentinel], limit):
                raise WorkerTooSlow
            good, answer = self._pipe.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError) as e:
            raise WorkerDied from e
        if good:
            return answer
        raise answer

    def close(self) -> None:
        """Ends the process when it has nothing to do."""
        self._pipe.close()
        self._process.join()

    def end(self) -> None:
        """Ends the process whatever it does."""
        self._process.kill()
        self.close()


def _work(pipe: Connection, others: Connection) -> None:
    """The life of a process: tasks in, answers out, until the pipe closes."""
    others.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when
    faulthandler.disable()
    gc.disable()
    _hush()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            fn, args, kwargs = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = (True, fn(*args, **kwargs))
        except BaseException as e:
            answer = (False, e)
        try:
            pipe.send(answer)
        except OSError:
            return
        except BaseException as e:  # no way to send it
            pipe.send((False, RuntimeError(f"{type(e).__name__}: {e}")))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _hush() -> None:
    """What a library writes before it dies is no message for users."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - as long as the process lives
