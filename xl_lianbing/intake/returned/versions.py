"""A return made for another version of the campaign's pack: accepted, with what it lacks or has more (A3)."""

from __future__ import annotations

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import receipts as k
from xl_lianbing.intake.returned.differences import form_differences
from xl_lianbing.intake.returned.read import Intake


def version_finding(intake: Intake, version: str) -> Finding | None:
    """What to say about the version in the file's stamp, None if it is the campaign's or unknown."""
    stamp = intake.stamp
    if stamp is None or not version or not stamp.version or stamp.version == version:
        return None
    age = "较旧" if _order(stamp.version) < _order(version) else "较新"
    differs = form_differences(intake.findings) or "表样没有不同"
    words = {"age": age, "found": stamp.version, "asked": version, "differs": f"，{differs}"}
    return finding(k.OTHER_VERSION, Where(intake.file), f"{stamp.pack} {stamp.version}", **words)


def _order(version: str) -> tuple[tuple[int, str], ...]:
    """1.10 comes after 1.9."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in version.split("."))
