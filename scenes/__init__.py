"""The film's picture: palette, type, layout, the base stage and one module a segment."""
