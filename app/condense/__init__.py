"""From a follow-up to a standalone question, by `rules`; with a language model it is `llm.condense`."""
