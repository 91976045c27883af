"""What goes back to the units (反馈/): their own returns with the bad cells marked, and a list of all findings."""

from xl_lianbing.feedback.shelf import waiting_copies
from xl_lianbing.feedback.write import Feedback, write_feedback

__all__ = ["Feedback", "waiting_copies", "write_feedback"]
