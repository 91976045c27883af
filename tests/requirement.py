"""What a test needs from outside can be missed on a desk, never on CI (`CI=true`)."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import TypeVar, cast

import pytest

Test = TypeVar("Test", bound=Callable[..., object])


def demand(missing: str) -> None:
    """Skips the running test with the reason, if something is missing; fails it on CI."""
    if missing and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"CI must have it: {missing}")
    if missing:
        pytest.skip(missing)


def needing(test: Test, missing: str) -> Test:
    """The test, if nothing is missing; else skipped with the reason, failing on CI."""
    if not missing:
        return test
    if os.environ.get("CI", "").lower() != "true":
        return cast(Test, pytest.mark.skip(reason=missing)(test))

    @functools.wraps(test)
    def fail(*_: object, **__: object) -> None:
        demand(missing)

    return cast(Test, fail)
