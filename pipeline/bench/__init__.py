"""How fast the film is made, what its encoder settings are worth, and where the time goes: `make bench`."""
