"""How the shipped reader is trained; `training/README.md` has the recipe and the figures."""
