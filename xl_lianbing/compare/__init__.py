"""What differs between two masters: inputs, scores and ranks, and why."""

from xl_lianbing.compare.differ import Comparison, compare
from xl_lianbing.compare.text import comparison_facts, comparison_text

__all__ = ["Comparison", "compare", "comparison_facts", "comparison_text"]
