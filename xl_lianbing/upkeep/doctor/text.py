"""What the checks found, as text for people and as facts for programs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from xl_lianbing.upkeep.doctor.check import Check, State


def doctor_text(checks: Sequence[Check]) -> str:
    """One line a check, the fix below it, and a closing line."""
    lines = []
    width = max((cell_len(check.name) for check in checks), default=0)
    for check in checks:
        gap = " " * (width - cell_len(check.name))
        lines.append(f"[{check.state}] {check.name}{gap}  {check.found}")
        if check.fix:
            lines.append(f"         怎么办：{check.fix}")
    problems = sum(check.state is State.PROBLEM for check in checks)
    lines.append(
        f"共检查{len(checks)}项，发现{problems}个问题。" if problems else f"共检查{len(checks)}项，没有发现问题。"
    )
    return "\n".join(lines)


def doctor_message(checks: Sequence[Check]) -> str:
    """The same for the box that a button shows: what needs attention first; what is fine only by name."""
    problems = [c for c in checks if c.state is State.PROBLEM]
    notes = [c for c in checks if c.state is State.NOTE]
    well = [c for c in checks if c.state is State.FINE]
    lines = [f"发现{len(problems)}个问题。" if problems else "没有发现问题。"]
    for check in problems:
        lines += ["", f"【问题】{check.name}：{check.found}"]
        lines += [f"怎么办：{check.fix}"] if check.fix else []
    if notes:
        lines += ["", *(f"【说明】{c.name}：{c.found}{f'（{c.fix}）' if c.fix else ''}" for c in notes)]
    if well:
        lines += ["", f"【正常】{'、'.join(c.name for c in well)}"]
    return "\n".join(lines)


def doctor_facts(checks: Sequence[Check]) -> dict[str, object]:
    """The same for programs."""
    return {
        "问题数": sum(check.state is State.PROBLEM for check in checks),
        "检查": [
            {"项目": check.name, "状态": check.state, "情况": check.found, "怎么办": check.fix} for check in checks
        ],
    }
