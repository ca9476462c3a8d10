"""What an operator is told about mail before it goes live."""

from stafette.outbox.checks import mails_lead_somewhere


def test_links_and_sender_of_the_demo_are_told(settings):
    settings.STAFETTE_URL, settings.DEFAULT_FROM_EMAIL = (
        "http://127.0.0.1:8000",
        "Stafette <stafette@localhost>",
    )
    assert [one.id for one in mails_lead_somewhere(None)] == ["outbox.W001", "outbox.W002"]


def test_a_towns_own_are_fine(settings):
    settings.STAFETTE_URL = "https://stafette.stadt.example"
    settings.DEFAULT_FROM_EMAIL = "Stafette <stafette@stadt.example>"
    assert mails_lead_somewhere(None) == []
