"""What the scenes of this repository's films should report, by a second hand; one module a film."""
