#!/bin/sh
# Run it in a terminal, with a workbook as argument or without.
exec python3 "$(dirname "$0")/start.py" "$@"
