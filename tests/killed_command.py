"""Run a command of siting that is killed at a change under one of its folders.

python killed_command.py FOLDER AT COMMAND...
"""

import sys

from file_faults import killed_at
from siting.cli import main

if __name__ == "__main__":
    folder, at, *command = sys.argv[1:]
    with killed_at(folder, int(at)):
        sys.exit(main(command))
