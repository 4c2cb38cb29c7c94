#!/bin/sh
# Open a page on which the sites of the workbooks named behind it are placed by a click.
SITING_DO=place exec sh "$(dirname "$0")/start.sh" "$@"
