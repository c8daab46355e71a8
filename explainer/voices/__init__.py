"""Voices: what says a cue, each a module that answers an utterance with a clip; see `explainer.voices.table`."""

__all__ = ["draft", "kept", "table", "utterance"]
