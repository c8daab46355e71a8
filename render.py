"""The way into this repository's films: `python render.py --help`."""

import sys
from pathlib import Path

from explainer.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parent, "render.py"))
