"""`python -m explainer`, run in a film's folder."""

from explainer.cli.main import entry

entry()
