"""Checks words against the words they cite: facts, polarity, speakers, and how well the whole is supported."""

from .check import check_draft

__all__ = ["check_draft"]
