"""One database, two ways in."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from stafette.config.databases import database_settings

OWNER_URL = "postgresql://o:p%40ss@h1:5432,h2:5433/town?target_session_attrs=read-write"


def test_without_database_url_both_aliases_are_the_private_server():
    databases = database_settings({})

    assert databases["default"]["USER"] == "stafette_app"
    assert databases["owner"]["USER"] == "stafette_owner"
    assert databases["default"]["HOST"].startswith("/")
    assert "assume_role" not in databases["default"]["OPTIONS"]


def test_empty_database_url_counts_as_none():
    assert database_settings({"DATABASE_URL": ""}) == database_settings({})


def test_owners_login_alone_runs_every_statement_as_the_restricted_role():
    databases = database_settings({"DATABASE_URL": OWNER_URL})

    assert databases["default"]["OPTIONS"]["assume_role"] == "stafette_app"
    assert "assume_role" not in databases["owner"]["OPTIONS"]
    assert databases["default"]["NAME"] == databases["owner"]["NAME"] == "town"


def test_several_hosts_and_libpq_options_survive():
    owner = database_settings({"DATABASE_URL": OWNER_URL})["owner"]

    assert (owner["HOST"], owner["PORT"], owner["PASSWORD"]) == ("h1,h2", "5432,5433", "p@ss")
    assert owner["OPTIONS"]["target_session_attrs"] == "read-write"


def test_restricted_login_is_used_where_it_is_named():
    databases = database_settings(
        {"DATABASE_URL": OWNER_URL, "DATABASE_APP_URL": "host=h1 dbname=town user=app"}
    )

    assert databases["default"]["USER"] == "app"
    assert "assume_role" not in databases["default"]["OPTIONS"]
    assert databases["owner"]["USER"] == "o"


@pytest.mark.parametrize("alias", ["default", "owner"])
def test_requests_are_not_wrapped_by_django_because_the_middleware_does_it(alias):
    database = database_settings({"DATABASE_URL": OWNER_URL})[alias]

    assert database["ATOMIC_REQUESTS"] is False
    assert database["CONN_HEALTH_CHECKS"] is True


def test_restricted_login_alone_is_refused():
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database_settings({"DATABASE_APP_URL": "host=h1 dbname=town user=app"})


@pytest.mark.parametrize(
    "url", ["sqlite:///db.sqlite3", "postgresql://o:geheim@h:a:b/%zz", "postgresql://o:geheim@h"]
)
def test_unusable_url_is_refused_without_repeating_the_password(url):
    with pytest.raises(ImproperlyConfigured) as caught:
        database_settings({"DATABASE_URL": url})

    assert "geheim" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
