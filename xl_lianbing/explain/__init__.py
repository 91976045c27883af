"""Why a unit or an officer has its points: from the rank down to the cells of the returns."""

from xl_lianbing.explain.campaign import explain
from xl_lianbing.explain.pointed import page_unit, pointed_at
from xl_lianbing.explain.saved import save_explanation
from xl_lianbing.explain.text import explanation_facts, explanation_summary, explanation_text

__all__ = [
    "explain",
    "explanation_facts",
    "explanation_summary",
    "explanation_text",
    "page_unit",
    "pointed_at",
    "save_explanation",
]
