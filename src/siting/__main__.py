"""``python -m siting`` is the command ``siting``."""

import sys

from siting.cli import main

sys.exit(main())
