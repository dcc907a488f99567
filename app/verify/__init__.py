"""Checks words against the words they cite: facts, polarity, speakers, and how well the whole is supported."""
