"""Jobs: the kinds of work that a film is made of, one module each, with the record that asks for it.

A module's ``TOOLS`` are the distributions that decide what its work makes. Heavy libraries are loaded by the process
that does the work.
"""

__all__ = ["assemble", "burn", "draw", "facts", "join", "mix", "sheet", "speak"]
