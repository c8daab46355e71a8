"""`worker`: this machine's part in a cluster."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from explainer.cli.common import add_jobs

HELP = """\
Work for a cluster, in a copy of the film's folder: processes of one thread each that take tasks from a scheduler
(`dask scheduler` on one machine prints its address). It runs until it is stopped.

  PROGRAM worker tcp://host:8786
  PROGRAM worker tls://host:8786 --jobs 4
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    command.add_argument("address", metavar="ADDRESS", help="of the scheduler: tcp://host:8786")
    add_jobs(command)


def run(options: argparse.Namespace) -> int:
    """Work."""
    from explainer.tasks.local import cores

    root = str(options.where.root)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH", "")])]
    command = [sys.executable, "-m", "distributed.cli.dask_worker", options.address]
    command += ["--nthreads", "1", "--nworkers", str(options.jobs or cores())]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)}, check=False).returncode
