"""Lint of a formula: brackets, operators, functions that old programs lack, names and sheets that there aren't."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import FORMULAE

from tests.validation.areas import area

MAX_FORMULA: Final = 8_192
MAX_LITERAL: Final = 255
MAX_NESTING: Final = 64
_PREFIX: Final = "_XLFN."
NEWER: Final = frozenset(
    (
        *("AGGREGATE", "CEILING.MATH", "COVARIANCE.P", "COVARIANCE.S", "DAYS", "FLOOR.MATH", "IFNA", "ISFORMULA"),
        *("ISOWEEKNUM", "MODE.MULT", "MODE.SNGL", "NETWORKDAYS.INTL", "NUMBERVALUE", "PERCENTILE.EXC"),
        *("PERCENTILE.INC", "QUARTILE.EXC", "QUARTILE.INC", "RANK.AVG", "RANK.EQ", "SHEET", "SHEETS", "STDEV.P"),
        *("STDEV.S", "UNICHAR", "UNICODE", "VAR.P", "VAR.S", "WORKDAY.INTL", "XOR"),
    )
)
"""Functions that came with Excel 2010 or 2013 and that LibreOffice 7.4 has; a file must call them ``_xlfn.NAME``."""
_WITHOUT_PREFIX: Final = frozenset(("AGGREGATE", "NETWORKDAYS.INTL", "WORKDAY.INTL"))
"""Functions of Excel 2010 that files call by their plain name."""
_PLAIN_SHEET: Final = re.compile(r"[^\W\d][\w.]*")
_WHOLE_LINES: Final = re.compile(r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?[1-9][0-9]*:\$?[1-9][0-9]*")
_COLUMN: Final = re.compile(r"\[([^\[\]#@]+)\]")
_ROWS: Final = re.compile(r"(?<![\w.])(\$?[A-Z]{1,3}\$?)[1-9][0-9]{0,5}(?![\w.(\[!])")


@dataclass
class Book:
    """What formulas can refer to; all keys are casefolded."""

    sheets: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    tables: dict[str, set[str]] = field(default_factory=dict)


class FormulaLint:
    """Checks formulas against a workbook; a formula copied down a column is checked once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[tuple[str, bool], list[str]] = {}

    def problems(self, formula: str, *, rule: bool = False) -> list[str]:
        """Args: formula: as a file stores it, without ``=``; rule: it is one of a validation, format or name."""
        key = (_ROWS.sub(r"\g<1>1", formula), rule)
        if key not in self._known:
            self._known[key] = list(self._check(key[0], rule))
        return self._known[key]

    def _check(self, formula: str, rule: bool) -> Iterator[str]:
        if not formula.strip():
            yield "empty formula"
            return
        if formula.startswith("="):
            yield f"a stored formula has no '=': {formula[:60]}"
        if len(formula) > MAX_FORMULA:
            yield f"formula of {len(formula)} characters"
        try:
            tokens = [token for token in Tokenizer(f"={formula}").items if token.type != Token.WSPACE]
        except (TokenizerError, IndexError) as error:
            yield f"unbalanced formula ({error}): {formula[:60]}"
            return
        for what in (*_grammar(tokens), *self._content(tokens, rule)):
            yield f"{what}: {formula[:60]}"

    def _content(self, tokens: Sequence[Token], rule: bool) -> Iterator[str]:
        for place, token in enumerate(tokens):
            if token.type == Token.FUNC and token.subtype == Token.OPEN:
                start, colon, name = token.value[:-1].rpartition(":")
                if colon and start:
                    yield from self._reference(start)
                yield from _function(name)
                if name.upper() == "HYPERLINK":
                    yield from self._hyperlink(tokens[place + 1 : place + 3])
            elif token.type == Token.OPERAND and token.subtype == Token.TEXT:
                if len(token.value[1:-1].replace('""', '"')) > MAX_LITERAL:
                    yield f"text of more than {MAX_LITERAL} characters in a formula"
            elif token.type == Token.OPERAND and token.subtype == Token.ERROR:
                yield f"the error {token.value} in a formula"
            elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
                if rule and "[" in token.value:
                    yield f"a rule can't refer to table columns ({token.value})"
                yield from self._reference(token.value.removeprefix(":"))

    def _hyperlink(self, following: Sequence[Token]) -> Iterator[str]:
        if len(following) < 2 or following[0].subtype != Token.TEXT or following[1].type == Token.OP_IN:
            return
        target = following[0].value[1:-1]
        if target.startswith("#"):
            for what in self._reference(target[1:]):
                yield f"link to nowhere, {what}"

    def _reference(self, value: str) -> Iterator[str]:
        if "#REF!" in value:
            yield "reference that is lost"
        elif value.lstrip("'").startswith("["):
            yield f"reference to another workbook ({value})"
        elif "[" in value:
            yield from self._table_columns(value)
        else:
            sheet, mark, rest = value.rpartition("!")
            if mark:
                yield from self._sheet(sheet)
            plain = rest.replace("$", "")
            if area(plain) is None and not _WHOLE_LINES.fullmatch(plain) and plain.casefold() not in self._book.names:
                yield f"no such name or cell ({rest})"

    def _sheet(self, written: str) -> Iterator[str]:
        quoted = len(written) > 1 and written[0] == written[-1] == "'"
        name = written[1:-1].replace("''", "'") if quoted else written
        if not quoted and not _PLAIN_SHEET.fullmatch(written):
            yield f"sheet name without quotes ({written})"
        if name.casefold() not in self._book.sheets:
            yield f"no sheet {name}"

    def _table_columns(self, value: str) -> Iterator[str]:
        table = value.partition("[")[0].casefold()
        if table and table not in self._book.tables:
            yield f"no table {value.partition('[')[0]}"
            return
        for column in _COLUMN.findall(value):
            if table and column.casefold() not in self._book.tables[table]:
                yield f"no column {column} in table {table}"


def _function(name: str) -> Iterator[str]:
    upper = name.upper()
    plain = upper.removeprefix(_PREFIX)
    if plain in NEWER:
        if (upper == plain) != (plain in _WITHOUT_PREFIX):
            yield f"function {name}: wrong prefix for a newer function"
    elif upper not in FORMULAE:
        yield f"function {name} is not in Excel 2013 or not in LibreOffice 7.4"


def _grammar(tokens: Sequence[Token]) -> Iterator[str]:
    """Every bracket is closed, and between two values stands exactly one operator."""
    depth = 0
    wanted = True  # a value may come next
    before: Token | None = None
    for token in tokens:
        if token.type == Token.OP_IN:
            if wanted:
                yield f"no value before {token.value}"
            wanted = True
        elif token.type == Token.SEP:
            wanted = True
        elif token.type == Token.OP_POST:
            wanted = False
        elif token.subtype == Token.CLOSE:
            depth -= 1
            may_be_empty = before is not None and (before.subtype == Token.OPEN or before.type == Token.SEP)
            if wanted and not may_be_empty:
                yield f"no value before {token.value}"
            wanted = False
        elif token.type != Token.OP_PRE:
            if not wanted and not token.value.startswith(":"):  # INDEX(…):INDEX(…) is one range
                yield f"no operator before {token.value}"
            wanted = token.subtype == Token.OPEN
            depth += token.subtype == Token.OPEN
            if depth > MAX_NESTING:
                yield f"more than {MAX_NESTING} levels"
        before = token
    if depth:
        yield "unbalanced formula"
    elif wanted:
        yield "formula without an end"
