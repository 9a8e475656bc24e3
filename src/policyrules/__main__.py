"""`python -m policyrules` is the command line."""

import sys

from policyrules.cli import main

sys.exit(main())
