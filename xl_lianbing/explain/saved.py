"""A derivation as a text file that Windows' own programs open: 说明/得分说明_昆山市.txt."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from xl_lianbing.drafts import prefix_of, sweep
from xl_lianbing.explain.derivation import Explanation
from xl_lianbing.explain.text import explanation_text
from xl_lianbing.folder import CampaignFolder, as_file_name


def save_explanation(folder: CampaignFolder, found: Explanation) -> Path:
    """Writes the derivation as UTF-8 with BOM and CRLF; an older one is replaced in one step. Raises OSError."""
    folder.explanations.mkdir(exist_ok=True)
    target = folder.explanations / f"得分说明_{as_file_name(found.subject)}.txt"
    sweep(folder.explanations, "得分说明")
    handle, name = tempfile.mkstemp(".tmp", prefix_of("得分说明"), folder.explanations)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="\r\n") as file:
            file.write(f"{explanation_text(found)}\n")
        draft.chmod(0o644)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target
