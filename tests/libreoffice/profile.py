"""A LibreOffice profile of its own for each run."""

from __future__ import annotations

from pathlib import Path

_NO_FIRST_START = (
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
)
_RECALCULATE = ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "0")


def make_profile(folder: Path, *, recalculate: bool = False) -> str:
    """Make a profile in an empty folder and return soffice's argument for it.

    Args:
        recalculate: every formula is calculated anew on load; without it the values stored in the file are kept.
    """
    user = folder / "user"
    user.mkdir(parents=True)
    settings = [*_NO_FIRST_START, *([_RECALCULATE] if recalculate else [])]
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in settings
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n',
        encoding="utf-8",
    )
    return f"-env:UserInstallation={folder.resolve().as_uri()}"
