"""Why a unit or an officer has its points: from the rank down to the cells of the returns."""

from xl_lianbing.explain.campaign import explain
from xl_lianbing.explain.text import explanation_facts, explanation_text

__all__ = ["explain", "explanation_facts", "explanation_text"]
