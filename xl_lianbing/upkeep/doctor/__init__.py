"""Finds what keeps the program from working on a PC, and what to do about it."""

from __future__ import annotations

from xl_lianbing.upkeep.doctor.check import Check, State
from xl_lianbing.upkeep.doctor.platform import Platform
from xl_lianbing.upkeep.doctor.run import run_doctor
from xl_lianbing.upkeep.doctor.text import doctor_facts, doctor_message, doctor_text
from xl_lianbing.upkeep.doctor.this_pc import this_platform

__all__ = [
    "Check",
    "Platform",
    "State",
    "doctor_facts",
    "doctor_message",
    "doctor_text",
    "run_doctor",
    "this_platform",
]
