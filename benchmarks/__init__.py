"""What a build costs, on one machine and on many; no part of what is installed."""
