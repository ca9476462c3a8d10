"""Run every bench on a private server: `make bench`, with BENCH_JSON=FILE and BENCH_QUICK=1 if wanted."""

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

# intake_write first: it applies the blueprint, which wants a database without other towns
BENCHES = (
    "intake_write",
    "search",
    "people_list",
    "import_bench",
    "row_security",
    "desk_pages",
    "coordination_page",
    "duty_run",
    "reading_log",
    "directory_search",
    "directory_api",
    "portal_pages",
    "evaluation_pages",
)


def prepare() -> object:
    """Start the bench server, make a migrated database there and point Django at it (restricted role)."""
    import django
    import psycopg

    from stafette.config import postgres

    server = postgres.start("bench")
    with psycopg.connect(server.url(postgres.OWNER, "postgres"), autocommit=True) as connection:
        connection.execute("drop database if exists stafette_bench with (force)")
        connection.execute("create database stafette_bench")
    os.environ["DATABASE_URL"] = server.url(postgres.OWNER, "stafette_bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stafette.config.settings")
    os.environ.setdefault("STAFETTE_SECRET_KEY", "only-for-benches")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = settings.SECOND_FACTOR_REQUIRED = False
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    from django.db import connections

    with connections["owner"].cursor() as cursor:  # parallel workers would hide their CPU time from the bench
        cursor.execute("alter database stafette_bench set max_parallel_workers_per_gather = 0")
    connections.close_all()
    return server


def main() -> int:
    """Run the benches that were named, or all, and print each figure with its aim."""
    server = prepare()
    wanted = sys.argv[1:] or [name for name in BENCHES if Path(__file__).with_name(f"{name}.py").exists()]
    quick = bool(os.environ.get("BENCH_QUICK"))
    report = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "quick": quick,
        "figures": {},
    }
    try:
        for name in wanted:
            print(f"\n== {name}", flush=True)
            report["figures"][name] = importlib.import_module(f"bench.{name}").run(quick=quick)
            for key, value in report["figures"][name].items():
                print(f"  {key}: {value}", flush=True)
    finally:
        server.stop()
    if target := os.environ.get("BENCH_JSON"):
        Path(target).write_text(json.dumps(report, indent=1, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main())
