"""Stage: what a scene is made of. A scene is a subclass of `explainer.stage.stage.Stage`."""

__all__ = [
    "camera",
    "draft",
    "holds",
    "layout",
    "look",
    "motion",
    "palette",
    "shapes",
    "show",
    "sprites",
    "stage",
    "typography",
    "view",
]
