"""The record of truth in SQL: `store` writes it, `reading` reads it, `check` looks whether it is whole."""
