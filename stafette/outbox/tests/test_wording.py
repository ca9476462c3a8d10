"""What mails say: number, date, link; German; plain."""

from datetime import date

from django.utils.translation import override

from stafette.outbox.wording import SENTENCES, Line, digest, sentence_for, single

LINE = Line("referral_arrived", "2026-000012", "/uebergaben/1/", date(2026, 3, 10))


def test_single_mail_says_what_number_until_when_and_where(settings):
    settings.STAFETTE_URL = "https://stafette.stadt.example"
    text = single(LINE)

    assert text.subject == "Stafette: 2026-000012"
    assert "Eine Übergabe ist bei Ihrer Stelle eingegangen." in text.body
    assert "Frist: 10.03.2026" in text.body
    assert "https://stafette.stadt.example/uebergaben/1/" in text.body
    assert "<" not in text.body


def test_digest_counts_lists_and_stops_at_fifty():
    text = digest([Line("reminder", f"2026-{n:06}", f"/uebergaben/{n}/") for n in range(63)])

    assert text.subject == "Stafette: 63 Nachrichten"
    assert "63 × Eine Frist läuft bald ab." in text.body
    assert "und 13 weitere: Mein Tag" in text.body
    assert text.body.count("/uebergaben/") == 50


def test_digest_begins_with_the_nearest_date():
    later = Line("reminder", "2026-000002", "/b/", date(2026, 3, 11))
    body = digest([Line("reminder", "2026-000003", "/c/"), later, LINE]).body

    assert body.index("2026-000012") < body.index("2026-000002") < body.index("2026-000003")


def test_digest_of_one_is_not_plural():
    assert digest([LINE]).subject == "Stafette: 1 Nachricht"


def test_mail_is_german_whoever_caused_it():
    with override("en"):
        assert single(LINE).body.startswith("Guten Tag,")


def test_kind_without_a_sentence_gets_through_in_general_words():
    assert sentence_for("something_new") == "In Stafette gibt es Neues zu einem Vorgang."
    assert all(sentence.endswith((".", "?")) for sentence in SENTENCES.values())


def test_deputy_is_told_that_it_is_in_somebodys_place():
    assert "In Vertretung: Eine Übergabe" in single(Line("referral_arrived", "1", "/", in_place_of=True)).body


def test_mail_without_a_number_has_a_subject_all_the_same():
    assert single(Line("handed_over", "", "/")).subject == "Stafette: Nachricht"
