"""CLI: the command line, one module a command; `explainer.cli.main` reads it."""

__all__ = ["main"]
