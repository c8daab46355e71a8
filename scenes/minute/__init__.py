"""The minute: five segments in one shot."""
