#!/bin/sh
# List what is wrong with the workbooks named behind it; nothing is planned.
SITING_DO=check exec sh "$(dirname "$0")/start.sh" "$@"
