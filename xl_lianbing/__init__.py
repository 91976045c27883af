"""环境执法大练兵: district returns in, a ranked master out."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["Campaign", "__version__"]

if TYPE_CHECKING:
    from xl_lianbing.frames import Campaign


def __getattr__(name: str) -> object:
    """`Campaign` on first use: a button click or `--help` must not pay for it."""
    if name == "Campaign":
        from xl_lianbing.frames import Campaign

        return Campaign
    raise AttributeError(f"module 'xl_lianbing' has no attribute {name!r}")
