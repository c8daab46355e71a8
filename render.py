#!/usr/bin/env python3
"""The film and all that is made from it: `python render.py --help`."""

import sys

from pipeline.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
