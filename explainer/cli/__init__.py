"""CLI: the command line, one module a command; `explainer.cli.main` reads it, `report` prints."""

__all__ = ["main", "report"]
