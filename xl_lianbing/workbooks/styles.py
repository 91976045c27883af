"""How every workbook of the project looks: one palette, named fragments of format, and a cache of formats."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from xl_lianbing.records.column import CellType, Column

#: Ships with Windows, Office and WPS; other systems put their own Chinese sans-serif in its place.
FONT: Final = "微软雅黑"
FONT_SIZE: Final = 10
#: Options of `xlsxwriter.Workbook` that every workbook shares: no text is ever taken for a formula, a link or a number.
WORKBOOK_OPTIONS: Final[dict[str, Any]] = {
    # "none" and the theme's name: or XlsxWriter ties the font to its theme, and Excel shows 宋体 instead.
    "default_format_properties": {
        "theme_font_name": FONT,
        "font_name": FONT,
        "font_size": FONT_SIZE,
        "font_scheme": "none",
    },
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Palette:
    """Colours by meaning."""

    INK = "#1F2A37"
    MUTED = "#6B7785"
    WHITE = "#FFFFFF"
    LINE = "#C9D3DE"
    TITLE = "#1F4E79"
    LINK = "#0563C1"
    #: Headers: dark = must be filled, light = may be filled.
    REQUIRED = "#2F6DA8"
    OPTIONAL = "#DCE6F1"
    OPTIONAL_INK = "#1F4E79"
    #: Cells that are not the user's.
    LOCKED = "#EEF1F4"
    BAND = "#F5F8FB"
    #: What calls for attention, from strong to weak: fill and ink.
    BAD = "#FFC7CE"
    BAD_INK = "#9C0006"
    ODD = "#FBDFC4"
    ODD_INK = "#8A3F00"
    MISSING = "#FFF2B3"
    MISSING_INK = "#7F6000"
    GOOD = "#D5EBD8"
    GOOD_INK = "#1E6B2E"
    #: Sheet tabs: what is typed, what is computed, what is only read.
    TAB_INPUT = "#2F6DA8"
    TAB_RESULT = "#3C8D5A"
    TAB_INFO = "#8A94A0"


#: Fragments of format, put together by `Formats`: a fragment says one thing.
FRAGMENTS: Final[dict[str, dict[str, Any]]] = {
    "base": {
        "font_scheme": "none",
        "font_name": FONT,
        "font_size": FONT_SIZE,
        "font_color": Palette.INK,
        "valign": "vcenter",
    },
    # what a cell is for
    "title": {"font_size": 16, "bold": True, "font_color": Palette.TITLE},
    "section": {
        "font_size": 12,
        "bold": True,
        "font_color": Palette.TITLE,
        "bottom": 2,
        "bottom_color": Palette.REQUIRED,
    },
    "hint": {"font_size": 9, "font_color": Palette.MUTED},
    "strong": {"bold": True},
    "link": {"font_color": Palette.LINK, "underline": 1},
    "mark_required": {"font_size": 8, "font_color": Palette.REQUIRED, "bold": True, "align": "center"},
    "mark_optional": {"font_size": 8, "font_color": Palette.MUTED, "align": "center"},
    "header": {"bold": True, "align": "center", "text_wrap": True, "border": 1, "border_color": Palette.LINE},
    "header_required": {"bg_color": Palette.REQUIRED, "font_color": Palette.WHITE},
    "header_optional": {"bg_color": Palette.OPTIONAL, "font_color": Palette.OPTIONAL_INK},
    "cell": {"border": 1, "border_color": Palette.LINE},
    "locked": {"bg_color": Palette.LOCKED, "locked": True},
    "unlocked": {"locked": False},
    "notice": {"bg_color": Palette.MISSING, "font_color": Palette.MISSING_INK, "bold": True},
    # what a cell holds
    "text": {"num_format": "@", "text_wrap": True},
    "long_text": {"text_wrap": True, "valign": "top"},
    "wrap": {"text_wrap": True},
    "left": {"align": "left", "indent": 1},
    "center": {"align": "center"},
    "integer": {"num_format": "0", "align": "center"},
    "number": {"num_format": "#,##0.######"},
    "money": {"num_format": "#,##0.00####"},
    "points": {"num_format": "0.00"},
    "percent": {"num_format": "0.00%"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "choice": {"align": "center"},
    "ratio": {"num_format": "0.0000"},
    "time": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
    # the front page of the master
    "banner": {"font_size": 20, "bold": True, "font_color": Palette.WHITE, "bg_color": Palette.TITLE, "indent": 1},
    "ribbon": {"font_color": Palette.OPTIONAL_INK, "bg_color": Palette.OPTIONAL, "indent": 1},
    "right": {"align": "right"},
    "figure": {"align": "right", "indent": 1},
    "card_label": {"font_size": 9, "font_color": Palette.MUTED, "bg_color": Palette.BAND, "align": "center"},
    "card_number": {
        "font_size": 18,
        "bold": True,
        "font_color": Palette.TITLE,
        "bg_color": Palette.BAND,
        "align": "center",
        "num_format": "#,##0",
        "bottom": 5,
        "bottom_color": Palette.REQUIRED,
    },
    "unseen": {"num_format": ";;;", "locked": True},
    "small": {"font_size": 9},
    "top": {"valign": "top"},
    "line": {"bottom": 1, "bottom_color": Palette.LINE},
    "behind_chart": {"font_color": Palette.WHITE, "font_size": 8},
    "notice_title": {"font_size": 20, "bold": True, "font_color": Palette.INK, "align": "center"},
}

#: Fragments for conditional formats, where only colours and weight may change; as cell formats: `fill_<name>`.
SIGNALS: Final[dict[str, dict[str, Any]]] = {
    "missing": {"bg_color": Palette.MISSING},
    "duplicate": {"bg_color": Palette.BAD, "font_color": Palette.BAD_INK},
    "bad": {"bg_color": Palette.BAD, "font_color": Palette.BAD_INK},
    "odd": {"bg_color": Palette.ODD, "font_color": Palette.ODD_INK},
    "pending": {"bg_color": Palette.MISSING, "font_color": Palette.MISSING_INK},
    "good": {"bg_color": Palette.GOOD, "font_color": Palette.GOOD_INK},
    "faint": {"font_color": Palette.MUTED},
    "filled": {"border": 1, "border_color": Palette.LINE},
}

FRAGMENTS.update({f"fill_{name}": properties for name, properties in SIGNALS.items()})

_OF_TYPE: Final[dict[CellType, str]] = {
    CellType.TEXT: "text",
    CellType.LONG_TEXT: "long_text",
    CellType.NUMBER: "number",
    CellType.INTEGER: "integer",
    CellType.MONEY: "money",
    CellType.DATE: "date",
    CellType.CHOICE: "choice",
}


def type_fragment(column: Column) -> str:
    """The fragment for what a column holds: identifiers and texts stay text, so 0512 keeps its zero."""
    return "text" if column.identifier else _OF_TYPE[column.type]


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, ...], Format] = {}

    def __call__(self, *fragments: str) -> Format:
        """The format that joins the fragments (a later one wins) on the base. Raises KeyError for an unknown name."""
        if fragments not in self._made:
            properties = dict(FRAGMENTS["base"])
            for fragment in fragments:
                properties |= FRAGMENTS[fragment]
            self._made[fragments] = self._workbook.add_format(properties)
        return self._made[fragments]

    def signal(self, name: str) -> Format:
        """The format of a conditional format. Raises KeyError for an unknown name."""
        key = ("signal", name)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(SIGNALS[name])
        return self._made[key]
