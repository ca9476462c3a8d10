"""How the benches measure: interleaved rounds, medians, CPU of this process and of its database backend."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections

TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Sample:
    """One measurement: seconds on the wall, CPU seconds of this process and of the database backend."""

    wall: float = 0.0
    python: float = 0.0
    database: float = 0.0

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds of server and database together."""
        return 1000 * (self.python + self.database)


@dataclass
class Result:
    """The samples of one way of doing it."""

    name: str
    samples: list[Sample] = field(default_factory=list)

    def median(self, what: str = "cpu_ms") -> float:
        """Median of cpu_ms, wall, python or database."""
        return statistics.median(getattr(sample, what) for sample in self.samples)


def backend_pid(alias: str = "default") -> int:
    """Return the process id of the server process behind a connection (same machine only)."""
    with connections[alias].cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def backend_cpu(pid: int) -> float:
    """Return the CPU seconds that a process has used: from schedstat (nanoseconds) where the kernel keeps it."""
    schedstat = Path(f"/proc/{pid}/schedstat")
    try:
        return int(schedstat.read_text().split()[0]) / 1e9
    except (OSError, IndexError, ValueError):
        parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / TICK


@contextmanager
def sampled(sample: Sample, *, alias: str = "default", times: int = 1) -> Iterator[None]:
    """Fill the sample with what the block costs, divided by `times`."""
    pid = backend_pid(alias)
    database, python, wall = backend_cpu(pid), time.process_time(), time.perf_counter()
    yield
    sample.wall = (time.perf_counter() - wall) / times
    sample.python = (time.process_time() - python) / times
    sample.database = (backend_cpu(pid) - database) / times


def compare(ways: dict[str, Callable[[], Any]], *, rounds: int = 9, times: int = 1) -> dict[str, Result]:
    """Run every way `times` times per round, in turns, after one warm-up each; returns the samples by name."""
    results = {name: Result(name) for name in ways}
    for way in ways.values():
        way()
    for _round in range(rounds):
        for name, way in ways.items():
            sample = Sample()
            with sampled(sample, times=times):
                for _ in range(times):
                    way()
            results[name].samples.append(sample)
    return results


def percentile(values: list[float], share: float) -> float:
    """Return the value below which that share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def cpu_of(call: Callable[[], object], times: int) -> float:
    """CPU milliseconds per call, after one that warms up: this process and its backends on every connection."""
    call()
    pids = [backend_pid(alias) for alias in connections]
    before, start = sum(map(backend_cpu, pids)), time.process_time()
    for _i in range(times):
        call()
    return 1000 * (time.process_time() - start + sum(map(backend_cpu, pids)) - before) / times
