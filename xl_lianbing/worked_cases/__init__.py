"""算例: worked examples in a table that a bureau can extend, each run against the function of its rule."""

from xl_lianbing.worked_cases.run import Checked, check_cases, shipped_cases
from xl_lianbing.worked_cases.table import Case, read_cases
from xl_lianbing.worked_cases.text import cases_facts, cases_text, export_cases

__all__ = ["Case", "Checked", "cases_facts", "cases_text", "check_cases", "export_cases", "read_cases", "shipped_cases"]
