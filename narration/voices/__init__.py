"""The voices: one module each, and one table."""
