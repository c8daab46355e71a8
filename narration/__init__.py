"""The words of the film: script, languages, facts, voices, timeline and captions.

Import the modules by name (``from narration import timeline``); nothing heavy is loaded here.
"""
