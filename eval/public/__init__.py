"""Public question sets, read from a folder of the user's, asked of the product along its whole path."""
