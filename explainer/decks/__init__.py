"""Decks: slides, handouts and storyboards, one picture or clip a cue."""

__all__ = ["deck", "slides", "storyboard"]
