"""The reader that needs no key: `reader` composes the question, the sentences, their values and the verdict."""
