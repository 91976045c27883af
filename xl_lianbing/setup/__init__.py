"""Makes a campaign folder, and its blank returns again. Begin with `campaign.py`."""

from xl_lianbing.setup.blanks import Remade, contact_of, remake_blanks, unit_of, without_contact
from xl_lianbing.setup.campaign import new_campaign, place_warnings
from xl_lianbing.setup.prefill import Known, known_of

__all__ = [
    "Known",
    "Remade",
    "contact_of",
    "known_of",
    "new_campaign",
    "place_warnings",
    "remake_blanks",
    "unit_of",
    "without_contact",
]
