"""Stage: what a scene is made of. A scene is a subclass of `explainer.stage.stage.Stage`."""

__all__ = ["draft", "layout", "look", "motion", "palette", "shapes", "show", "stage", "typography"]
