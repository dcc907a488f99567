"""The vector index: `chroma` holds it, `keeper` makes it follow the record, `exact` stands in for it."""
