"""From a question to a checked answer. `Dateline` is the way in."""

from .answer import Answer, Citation, Refusal, Statement
from .api import Chat, Dateline
from .settings import Settings

__all__ = ["Answer", "Chat", "Citation", "Dateline", "Refusal", "Settings", "Statement"]
