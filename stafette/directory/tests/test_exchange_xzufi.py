"""XZuFi comes in and goes out: names, keys, texts, documents, costs, offices, addresses, hours, languages."""

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.directory import data as d
from stafette.directory.commands import put_location, put_organization, put_service
from stafette.directory.commands.changing import put_text
from stafette.directory.commands.exchange import take_plan
from stafette.directory.exchange import moving
from stafette.directory.exchange.xzufi.read import parsed, plain
from stafette.directory.hours import hours_text
from stafette.directory.models import Location, Organization, Service, ServiceText
from stafette.directory.queries.whole import whole_entries, whole_locations, whole_organizations
from stafette.directory.tests.test_exchange_hsds import empty_directory
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission

MESSAGE = """<?xml version="1.0" encoding="UTF-8"?>
<x:irgendeine.nachricht xmlns:x="http://xoev.de/schemata/xzufi/{space}" xzufiVersion="{version}">
 <x:nachrichtenkopf><x:nachrichtUUID>1</x:nachrichtUUID></x:nachrichtenkopf>
 <x:schreibe>
  <x:leistung>
   <x:id schemeAgencyID="L100">4711</x:id>
   <x:referenzLeiKa listURI="urn:de:fim:leika:leistung"><code>99010003001000</code></x:referenzLeiKa>
   <x:modulText><x:inhalt languageCode="de-DE">Aufenthaltserlaubnis Erteilung</x:inhalt>
     <x:leikaTextmodul><code>02</code></x:leikaTextmodul></x:modulText>
   <x:modulText><x:inhalt languageCode="de">Aufenthaltserlaubnis beantragen</x:inhalt>
     <x:inhalt languageCode="en">Apply for a residence permit</x:inhalt>
     <x:leikaTextmodul><code>03</code></x:leikaTextmodul></x:modulText>
   <x:modulText><x:inhalt languageCode="de">Kurz &amp;amp; gut.</x:inhalt>
     <x:leikaTextmodul><code>24</code></x:leikaTextmodul></x:modulText>
   <x:modulText><x:inhalt languageCode="de">&lt;p&gt;Erster Absatz&lt;/p&gt;
     &lt;p&gt;Zweiter&lt;br/&gt;Satz&lt;/p&gt;</x:inhalt>
     <x:leikaTextmodul><code>06</code></x:leikaTextmodul></x:modulText>
   <x:modulText><x:inhalt languageCode="de">&lt;ul&gt;&lt;li&gt;Pass&lt;/li&gt;
     &lt;li&gt;Foto&lt;/li&gt;&lt;/ul&gt;</x:inhalt>
     <x:inhalt languageCode="en">&lt;ul&gt;&lt;li&gt;Passport&lt;/li&gt;&lt;li&gt;Photo&lt;/li&gt;&lt;/ul&gt;</x:inhalt>
     <x:leikaTextmodul><code>08</code></x:leikaTextmodul></x:modulText>
   <x:modulText><x:inhalt languageCode="de">§ 81 AufenthG</x:inhalt>
     <x:leikaTextmodul><code>07</code></x:leikaTextmodul></x:modulText>
   <x:modulKosten><x:beschreibung languageCode="de">100 Euro</x:beschreibung></x:modulKosten>
   <x:modulFrist><x:beschreibung languageCode="de">Vor Ablauf</x:beschreibung></x:modulFrist>
  </x:leistung>
  <x:leistung><x:id schemeAgencyID="L100">4712</x:id>
   <x:modulText><x:inhalt languageCode="de">Ohne Stelle</x:inhalt>
     <x:leikaTextmodul><code>03</code></x:leikaTextmodul></x:modulText></x:leistung>
  <x:organisationseinheit>
   <x:id schemeAgencyID="L100">OE1</x:id>
   <x:name><x:name languageCode="de">Ausländerbehörde</x:name>
     <x:name languageCode="en">Foreigners Office</x:name></x:name>
   <x:anschrift><x:typ><code>002</code></x:typ><x:strasse>Beispielweg</x:strasse><x:hausnummer>12a</x:hausnummer>
     <x:postleitzahl>04109</x:postleitzahl><x:ort>Leipzig</x:ort><x:infoOePNV>Tram 4</x:infoOePNV>
     <x:kennzeichenAufzug>true</x:kennzeichenAufzug></x:anschrift>
   <x:anschrift><x:typ><code>003</code></x:typ><x:postfach>100</x:postfach><x:postleitzahl>04001</x:postleitzahl>
     <x:ort>Leipzig</x:ort></x:anschrift>
   <x:kommunikation><x:kanal><code>02</code></x:kanal><x:kennung>030 23125 010</x:kennung></x:kommunikation>
   <x:kommunikation><x:kanal><code>99</code><name>E-Mail</name></x:kanal><x:kennung>abh@leipzig.example</x:kennung></x:kommunikation>
   <x:internetadresse><x:uri>https://leipzig.example/abh</x:uri></x:internetadresse>
   <x:infoOeffnungszeitenText languageCode="de">Mo–Do 9–12 Uhr</x:infoOeffnungszeitenText>
   <x:zustaendigkeit><x:leistungID schemeAgencyID="L100">4711</x:leistungID></x:zustaendigkeit>
  </x:organisationseinheit>
 </x:schreibe>
</x:irgendeine.nachricht>"""


@pytest.fixture
def editor(db, actor_with):
    unit = UnitFactory()
    return {"actor": actor_with(Permission.DIRECTORY_EDIT, unit=unit), "unit_id": unit.pk}


@pytest.mark.parametrize(("space", "version"), [("2_2_0", "2.2.0"), ("2_1_0", "2.1"), ("2_3_0", "2.3")])
def test_a_message_becomes_entries(editor, space, version):
    content = MESSAGE.format(space=space, version=version).encode()
    plan = moving.plan_of(content)
    assert plan.counts == {"new": 4, "faulty": 1}
    assert "zuständig" in str(plan.lines[-1].problems[0])
    take_plan(**editor, plan=plan, form="xzufi")
    (service,) = [one.data for one in whole_entries()]
    assert (service.name, service.alternate_name) == (
        "Aufenthaltserlaubnis beantragen",
        "Aufenthaltserlaubnis Erteilung",
    )
    assert service.leika_keys == ("99010003001000",)
    assert (service.summary, service.description) == ("Kurz & gut.", "Erster Absatz\nZweiter\nSatz")
    assert [one.document for one in service.documents] == ["Pass", "Foto"]
    assert (service.fees, service.origin, service.origin_id) == ("100 Euro", "L100", "4711")
    assert service.extra["xzufi"]["rechtsgrundlagen"] == {"de": "§ 81 AufenthG"}
    (office,) = [one.data for one in whole_organizations()]
    assert (office.name, office.email, office.phones[0].number) == (
        "Ausländerbehörde", "abh@leipzig.example", "030 23125 010",
    )  # fmt: skip
    places = {one.data.kind: one.data for one in whole_locations()}
    assert places["physical"].address_1 == "Beispielweg 12a"
    assert hours_text(places["physical"].schedules) == "Mo–Do 9–12 Uhr"
    assert places["physical"].accessibility[0].kind == "lift"
    assert places["postal"].address_1 == "Postfach 100"
    assert [one.location for one in service.places] == [places["physical"].code]
    text = ServiceText.objects.get()
    assert (text.language, text.name, text.documents, text.state) == (
        "en", "Apply for a residence permit", ["Passport", "Photo"], "draft",
    )  # fmt: skip
    assert moving.plan_of(content).counts == {"equal": 4, "faulty": 1}


ASSIGNED = """<x:schreibe><x:zustaendigkeitTransferObjekt>
   <x:uebergeordnetesObjektID schemeAgencyID="L100">OE1</x:uebergeordnetesObjektID>
   <x:zustaendigkeit><x:id schemeID="z">1</x:id><x:leistungID schemeAgencyID="L100">4712</x:leistungID>
   <x:gebietID>146</x:gebietID></x:zustaendigkeit></x:zustaendigkeitTransferObjekt></x:schreibe>
</x:irgendeine.nachricht>"""


def test_who_is_responsible_may_stand_beside_office_and_service(editor):
    """As the state portals send it: each object in a `schreibe` of its own, what ties them in another one."""
    message = MESSAGE.replace("</x:irgendeine.nachricht>", ASSIGNED).format(space="2_2_0", version="2.2.0")
    plan = moving.plan_of(message.encode())
    assert plan.counts == {"new": 5}
    take_plan(**editor, plan=plan, form="xzufi")
    service = Service.objects.get(name="Ohne Stelle")
    assert service.organization.name == "Ausländerbehörde"
    assert service.places.get().location.address_1 == "Beispielweg 12a"


def test_what_goes_out_comes_back(editor):
    put_organization(
        **editor,
        data=d.OrganizationData(
            code="amt", name="Amt", kind="authority", email="a@x.example", website="https://x.example/",
            phones=(d.PhoneData(number="030 23125 001", kind="voice"),),
        ),
    )  # fmt: skip
    put_location(
        **editor,
        data=d.LocationData(
            code="haus", organization="amt", name="Amt", address_1="Weg 1", postal_code="04109", city="Leipzig",
            schedules=(d.ScheduleData(byday="MO", opens_at=d.time(9), closes_at=d.time(12)),),
        ),
    )  # fmt: skip
    service = put_service(
        **editor,
        data=d.ServiceData(
            code="wohnsitz", organization="amt", name="Wohnsitz anmelden", summary="Kurz", description="Lang\nZwei",
            leika_keys=("99115005104000",), fees="nichts", eligibility="alle", application_process="hingehen",
            documents=(d.DocumentData(document="Ausweis"), d.DocumentData(document="Bestätigung")),
            places=(d.PlaceData(location="haus"),),
        ),
    )  # fmt: skip
    put_text(
        **editor, service_id=service.pk, language="bg", words={"name": "Регистрация", "summary": "Кратко"},
        documents=["Паспорт"], state="approved",
    )  # fmt: skip
    before = {one.data.name: one.data for one in (*whole_organizations(), *whole_entries())}
    content = moving.as_xzufi()
    assert parsed(content).get("xzufiVersion") == "2.2.0"
    assert [[inner.tag.rpartition("}")[2] for inner in one] for one in parsed(content)][1:] == [
        ["leistung"],
        ["organisationseinheit"],
    ]  # each in a `schreibe` of its own
    empty_directory()
    take_plan(**editor, plan=moving.plan_of(content), form="xzufi")
    after = {one.data.name: one.data for one in (*whole_organizations(), *whole_entries())}
    for name in ("Amt", "Wohnsitz anmelden"):
        assert after[name].id == before[name].id
    for field in ("summary", "description", "leika_keys", "fees", "eligibility", "application_process"):
        assert getattr(after["Wohnsitz anmelden"], field) == getattr(before["Wohnsitz anmelden"], field)
    assert [one.document for one in after["Wohnsitz anmelden"].documents] == ["Ausweis", "Bestätigung"]
    assert (after["Amt"].email, after["Amt"].website) == ("a@x.example", "https://x.example/")
    place = Location.objects.get()
    assert (place.address_1, hours_text(place.schedules.all())) == ("Weg 1", "Mo 9–12 Uhr")
    assert ServiceText.objects.get().name == "Регистрация"
    assert (Service.objects.count(), Organization.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x xmlns='http://xoev.de/schemata/xzufi/2_2_0'>&a;</x>",
        b"<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>",
        b"<x>kein xzufi</x>",
        b"<x xmlns='http://xoev.de/schemata/xzufi/2_2_0'>",
    ],
)
def test_harm_and_other_xml_is_refused(db, content):
    with pytest.raises(BadInput):
        moving.plan_of(content)


def test_marks_become_plain_words():
    assert plain("<p>Eins &amp; zwei</p><ul><li>a</li><li> </li><li>b</li></ul>") == "Eins & zwei\n– a\n– b"
    assert plain("<script>alert(1)</script>x") == "alert(1)x"
