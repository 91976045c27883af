"""Every kind of workbook that the program generates passes two validators and the lint."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import PROJECT
from tests.validation import validators
from tests.validation.generated import NAMES, Workbooks
from tests.validation.lint import lint
from tests.validation.validators import audit, requires_microsoft_validator, validate_by_microsoft

SHIPPED = sorted(path for folder in ("templates", "workbooks") for path in (PROJECT / folder).rglob("*.xls[xm]"))


@pytest.mark.parametrize("name", NAMES)
def test_the_lint_finds_nothing(workbooks: Workbooks, name: str) -> None:
    assert lint(workbooks.get(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_openxml_audit_finds_nothing(workbooks: Workbooks, name: str) -> None:
    assert audit(workbooks.get(name)) == []


@requires_microsoft_validator
@pytest.mark.parametrize("name", NAMES)
def test_the_validator_of_microsoft_finds_nothing(workbooks: Workbooks, name: str) -> None:
    assert validate_by_microsoft(workbooks.get(name)) == []


def test_workbooks_are_shipped() -> None:
    assert {path.suffix for path in SHIPPED} == {".xlsx", ".xlsm"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_lint_finds_nothing_in_what_is_shipped(path: Path) -> None:
    assert lint(path) == []


class TestWithoutTheValidatorOfMicrosoft:
    @pytest.fixture(autouse=True)
    def nothing_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(validators, "microsoft_validator", lambda: "")

    def test_on_a_desk_the_test_is_skipped_with_the_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CI", raising=False)

        @requires_microsoft_validator
        def needs_it() -> None:
            raise AssertionError("must not run")

        (mark,) = needs_it.pytestmark  # type: ignore[attr-defined]
        assert mark.name == "skip"
        assert "ooxml-validator" in mark.kwargs["reason"]

    def test_on_ci_the_test_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CI", "true")

        @requires_microsoft_validator
        def needs_it() -> None:
            """Would pass if it ran."""

        with pytest.raises(pytest.fail.Exception, match="ooxml-validator"):
            needs_it()


def test_a_validator_that_cannot_be_run_is_no_verdict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "ooxml-validator"
    broken.write_text("#!/bin/sh\necho no runtime >&2\nexit 2\n")
    broken.chmod(0o755)
    monkeypatch.setenv(validators.VARIABLE, str(broken))
    with pytest.raises(RuntimeError, match="no runtime"):
        validate_by_microsoft(tmp_path / "any.xlsx")
