"""Runs a command and writes what it cost, as one JSON object, to a file: measure.py FILE COMMAND [ARGUMENT …]

The figures are the operating system's own, of the command and everything it started: wall, user and sys in seconds,
and the largest resident set of any single process in KiB.
"""
import json
import os
import resource
import subprocess
import sys
import time

started = time.monotonic()
status = subprocess.call(sys.argv[2:])
wall = time.monotonic() - started
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w", encoding="utf8") as file:
    json.dump(
        {"status": status, "wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peakKiB": usage.ru_maxrss}, file
    )
