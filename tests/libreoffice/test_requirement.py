"""Tests that need LibreOffice can be missed on a desk, never on CI."""

from __future__ import annotations

import shutil

import pytest

import tests.libreoffice as libreoffice


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)


@pytest.mark.usefixtures("nothing_installed")
def test_on_a_desk_the_test_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)

    @libreoffice.requires_libreoffice
    def needs_it() -> None:
        raise AssertionError("must not run")

    (mark,) = needs_it.pytestmark  # type: ignore[attr-defined]
    assert mark.name == "skip"
    assert "soffice" in mark.kwargs["reason"]


@pytest.mark.usefixtures("nothing_installed")
def test_on_ci_the_test_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    @libreoffice.requires_libreoffice
    def needs_it() -> None:
        """Would pass if it ran."""

    with pytest.raises(pytest.fail.Exception, match="soffice"):
        needs_it()
