"""The few things that end a run. Bad *input* is never raised: it becomes a finding (findings/)."""

from __future__ import annotations


class LianbingError(Exception):
    """A run that could not be done: `message` says what is wrong, `fix` what to do; nothing was changed."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(f"{message}\n怎么办：{fix}")
        self.message = message
        self.fix = fix

    def __reduce__(self) -> tuple[object, ...]:
        """It may come from another process."""
        return type(self), (self.message, self.fix)


class CampaignNotFound(LianbingError):
    """The folder named is not a campaign folder."""


class PackInvalid(LianbingError):
    """A rule pack that cannot be used: names file and key."""


class MasterLocked(LianbingError):
    """The master is open in another program."""


class MasterChanged(LianbingError):
    """Somebody saved the master, or typed into it, while a run computed from what it said before."""


class MasterUnreadable(LianbingError):
    """The master is damaged, or a tab or column of the contract is missing."""


class ReturnNotOpened(LianbingError):
    """A return that nobody can open just now: scoring without it would charge its unit."""


class UnitUnknown(LianbingError):
    """A unit that the roster does not have."""


class FolderNotEmpty(LianbingError):
    """A campaign would overwrite somebody's files."""
