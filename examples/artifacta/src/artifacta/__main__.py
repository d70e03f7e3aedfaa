"""``python -m artifacta``, the same as the command ``artifacta``."""

import sys

from artifacta.cli import main

if __name__ == "__main__":
    sys.exit(main())
