"""Words: the script of a film, its languages, numbers and translations, up to what is spoken and shown."""

__all__ = [
    "allowed",
    "catalog",
    "facts",
    "film",
    "languages",
    "linebreaks",
    "localize",
    "markup",
    "pace",
    "quantities",
    "script",
    "texts",
    "updating",
]
