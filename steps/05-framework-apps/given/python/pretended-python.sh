#!/bin/sh
# Stands for a Python in environment.test.ts. The file `behaviour` beside it says what is the matter with it.
here=${0%/*}
behaviour=
[ -f "$here/behaviour" ] && read -r behaviour < "$here/behaviour"

case "$*" in
*'-S -c'*)
  echo 3.12
  ;;
'-c '*)
  if [ "$behaviour" = stub ]; then
    echo 'Python was not found; run without arguments to install from the Microsoft Store'
    exit 9
  fi
  if [ "$behaviour" = old ]; then echo 2.7.18; else echo 3.12.1; fi
  echo "$0"
  [ "$behaviour" != without-venv ] || exit 1
  echo venv
  ;;
*'-m venv '*)
  for folder; do :; done
  /bin/mkdir -p "$folder/bin"
  /bin/cp "$0" "$folder/bin/python"
  echo "$behaviour" > "$folder/bin/behaviour"
  echo 'version = 3.12.1' > "$folder/pyvenv.cfg"
  ;;
*'-m pip '*)
  echo "$*" >> "$here/pip-calls"
  case $behaviour in
  without-network)
    echo "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'" >&2
    echo 'ERROR: No matching distribution found for Flask' >&2
    exit 1
    ;;
  odd)
    echo 'ERROR: something odd' >&2
    exit 1
    ;;
  slow)
    while [ ! -e "$here/go" ]; do /bin/sleep 0.02; done
    ;;
  esac
  for package in flask django pyramid; do
    /bin/mkdir -p "$here/../lib/python3.12/site-packages/$package"
    : > "$here/../lib/python3.12/site-packages/$package/__init__.py"
  done
  ;;
esac
