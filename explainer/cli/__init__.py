"""CLI: the command line; `explainer.cli.main` reads it, `report` prints, each of `commands` runs."""

__all__ = ["common", "main", "report"]
