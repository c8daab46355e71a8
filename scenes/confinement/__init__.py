"""The film of arXiv:1305.2014: a particle in a well in a box, which cools as it escapes."""
