"""The reader that is a language model: `reader` composes prompt, client, reply, marks and pins."""
