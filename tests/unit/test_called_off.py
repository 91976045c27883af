"""Words that call a row void or double: in its number, its party or its remark (B2.10)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import a_return, case, headers
from xl_lianbing.intake.checks.called_off import word_in_name, word_in_number, word_in_remark
