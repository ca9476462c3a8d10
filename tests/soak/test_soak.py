"""Ten thousand referrals through random steps and trouble: `make soak`. A share of them runs with every test run.

SOAK is the number of referrals per shard, SOAK_STEPS how many steps, SOAK_SEED where the seeds begin: a failure
prints its seed, and the same seed repeats it.
"""

import os
import time
from pathlib import Path

import pytest

from tests.soak.driver import Driver, driven

REFERRALS = int(os.environ.get("SOAK", "200"))
STEPS = int(os.environ.get("SOAK_STEPS", "250"))
SEED = int(os.environ.get("SOAK_SEED", "2026"))
SHARDS = int(os.environ.get("SOAK_SHARDS", "2"))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_baton_falls_whatever_happens(db, shard):
    begun = time.perf_counter()
    driver = Driver(SEED + shard, REFERRALS)
    made = time.perf_counter()
    counts = driver.run(STEPS)
    spent = time.perf_counter() - made
    tell(
        f"seed {driver.seed}: {len(driver.ids)} referrals made in {made - begun:.0f} s, "
        f"{STEPS} steps in {spent:.0f} s, {dict(sorted(counts.items()))}"
    )
    assert counts["done"] > STEPS / 6


def tell(line):
    """Shards run side by side, so what they found goes into one file."""
    if path := os.environ.get("SOAK_LOG"):
        with Path(path).open("a", encoding="utf-8") as log:
            log.write(line + "\n")
    print(line)


def test_every_command_on_an_open_thing_is_driven():
    assert {
        "accept_referral",
        "resume_referral",
        "forward_referral",
        "accept_lead",
        "answer_follow_up",
        "move_task",
    } <= set(driven())
