"""From files, pages and lines to articles: `read` is the way in, one module a format or a fact behind it."""
