"""Commands: one module each, with its help, its arguments and its run; loaded only if it is asked for."""

__all__ = ["gif"]
