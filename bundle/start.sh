#!/bin/sh
# Run it in a terminal, with a workbook as argument or without.
here=$(dirname "$0")
versions=$(tr -d '\r' <"$here/pythons.txt")
# pythons.txt names the versions that this folder has packages for: python3 where it is one of
# them, or else the first of them that is there.
for python in python3 $(printf 'python%s ' $versions); do
  "$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] not in sys.argv[1:])' \
    $versions 2>/dev/null && exec "$python" "$here/start.py" "$@"
done
# Any other Python runs start.py too, which says which versions fit.
exec python3 "$here/start.py" "$@"
