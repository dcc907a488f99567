"""From a question to a checked answer. `Dateline` is the way in."""
