"""The lexical index: `bm25` is tantivy's, `keeper` makes it follow the record, `terms` splits a text."""
