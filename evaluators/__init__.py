"""What the scenes of this repository's films should report, by a second hand: a package a film, a module a segment."""
