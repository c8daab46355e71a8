"""Explainer: an engine for narrated, captioned films whose pictures come from a verified physics package.

A film is a folder with a script, scenes and facts (`explainer.words.film`); `explainer.cli` makes everything of it.
Each room's own docstring says what it is for; its ``__all__`` names the modules that other rooms and films may use.
"""

__all__ = ["errors"]
