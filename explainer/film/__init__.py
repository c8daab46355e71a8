"""Film: a film in one language or many, from what is asked for to the files in the output folder."""

__all__ = [
    "build",
    "captioning",
    "environment",
    "manifest",
    "master",
    "outputs",
    "request",
    "tasks",
    "timed",
    "translate",
]
