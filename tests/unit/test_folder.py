"""The names that files and folders of a campaign can have."""

from __future__ import annotations

import pytest

from xl_lianbing.folder import as_file_name, no_name_holds


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("昆山市 张三", "昆山市 张三"),
        (r"..\昆山/市:*?", "..\\昆山/市:*?".translate(str.maketrans(r"\/:*?", "_____"))),
        ("昆山\u202e市\u200b\x07\x7f", "昆山_市___"),
        ("昆山市. ", "昆山市"),
        ("字" * 100, "字" * 60),
        (" . ", ""),
    ],
)
def test_a_text_becomes_a_name_that_windows_takes(text: str, name: str) -> None:
    assert as_file_name(text) == name
    assert not no_name_holds(as_file_name(text))


@pytest.mark.parametrize("character", [*'\\/:*?"<>|', "\n", "\x7f", "\u200b", "\u202e", "\u2066"])
def test_no_name_holds_what_windows_forbids_or_nobody_sees(character: str) -> None:
    assert no_name_holds(f"昆山{character}市")
