"""The commands of `dateline`, thin over the Python API; `main` calls them."""
