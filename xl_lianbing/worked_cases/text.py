"""What `cases` says, and the examples as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xl_lianbing.errors import LianbingError
from xl_lianbing.worked_cases.run import Checked, shipped_file


def cases_text(checked: Sequence[Checked]) -> str:
    """A table of the examples: passed or not, and the difference."""
    from rich.cells import set_cell_size

    lines = [
        "  ".join(
            (
                "通过" if one.passed else "不符",
                set_cell_size(one.case.number, 8),
                set_cell_size(one.case.rule, 10),
                one.problem and f"第{one.case.line}行：{one.problem}" or f"={one.got}",
            )
        )
        for one in checked
    ]
    failed = sum(not one.passed for one in checked)
    told = f"{failed}条不符，请核对算例或取值。" if failed else "全部相符。"
    return "\n".join([*lines, "", f"算例{len(checked)}条，{told}"])


def cases_facts(checked: Sequence[Checked]) -> dict[str, object]:
    """The same for programs."""
    return {
        "算例数": len(checked),
        "不符": sum(not one.passed for one in checked),
        "算例": [
            {
                "行": one.case.line,
                "编号": one.case.number,
                "规则": one.case.rule,
                "输入": dict(one.case.given),
                "期望": one.case.expected,
                "结果": one.got,
                "通过": one.passed,
                "问题": one.problem,
                "依据": one.case.basis,
            }
            for one in checked
        ],
    }


def export_cases(path: Path) -> None:
    """Write the shipped examples to a new file. Raises LianbingError if there is one already."""
    if path.exists():
        raise LianbingError(f"文件已经存在：{path}", "换一个文件名，以免覆盖已补充的算例。")
    path.write_bytes(shipped_file())
