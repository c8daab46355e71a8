"""Film: a film in one language or many, from what is asked for to the files in the output folder."""

__all__ = [
    "build",
    "captioning",
    "environment",
    "holds",
    "keeping",
    "manifest",
    "master",
    "outputs",
    "request",
    "speaking",
    "tasks",
    "timed",
    "translate",
]
