"""What a column of a list of arrivals can mean, and under which headings offices have sent it."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Field(StrEnum):
    """The meaning of a column; the order is the one in which the clerk finds them in the list."""

    FAMILY_NAME = "family_name"
    GIVEN_NAMES = "given_names"
    FULL_NAME = "full_name"
    BIRTH_NAME = "birth_name"
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    SEX = "sex"
    NATIONALITY = "nationality"
    ADDRESS = "address"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    HOUSE_SUFFIX = "house_suffix"
    POSTAL_CODE = "postal_code"
    TOWN = "town"
    DISTRICT = "district"
    MOVED_IN_ON = "moved_in_on"
    CAME_FROM = "came_from"
    GUARDIAN = "guardian"
    HOUSEHOLD_NUMBER = "household_number"
    LANDLORD = "landlord"
    ADDRESS_LOCK = "address_lock"
    LANGUAGE = "language"
    PHONE = "phone"
    EMAIL = "email"
    IGNORED = "ignored"


LABELS = {
    Field.FAMILY_NAME: _("Familienname"),
    Field.GIVEN_NAMES: _("Vornamen"),
    Field.FULL_NAME: _("Name, Vorname (in einer Spalte)"),
    Field.BIRTH_NAME: _("Geburtsname"),
    Field.BIRTH_DATE: _("Geburtsdatum"),
    Field.BIRTH_YEAR: _("Geburtsjahr"),
    Field.SEX: _("Geschlecht"),
    Field.NATIONALITY: _("Staatsangehörigkeit"),
    Field.ADDRESS: _("Anschrift (Straße, Hausnummer, auch mit Ort)"),
    Field.STREET: _("Straße"),
    Field.HOUSE_NUMBER: _("Hausnummer"),
    Field.HOUSE_SUFFIX: _("Zusatz zur Hausnummer"),
    Field.POSTAL_CODE: _("Postleitzahl"),
    Field.TOWN: _("Ort"),
    Field.DISTRICT: _("Ortsteil"),
    Field.MOVED_IN_ON: _("Einzugsdatum"),
    Field.CAME_FROM: _("Zugezogen aus"),
    Field.GUARDIAN: _("Gesetzliche Vertretung"),
    Field.HOUSEHOLD_NUMBER: _("Nummer von Haushalt oder Familie"),
    Field.LANDLORD: _("Wohnungsgeber"),
    Field.ADDRESS_LOCK: _("Auskunftssperre"),
    Field.LANGUAGE: _("Sprache"),
    Field.PHONE: _("Telefon"),
    Field.EMAIL: _("E-Mail"),
    Field.IGNORED: _("nicht übernehmen"),
}
# Several columns may carry these; every other meaning belongs to one column.
REPEATABLE = {Field.NATIONALITY, Field.IGNORED, Field.GUARDIAN}

# German first, then English, then the numbers of the DSMeld data sheets; spelled as `heading_key` leaves them.
_SYNONYMS: dict[Field, str] = {
    Field.FAMILY_NAME: """familienname nachname zuname famname famn name familienname1 nachn familiennamen nname
        familiennameallgemein lastname surname familyname secondname 0101 0102 hausname""",
    Field.GIVEN_NAMES: """vorname vornamen vorn rufname vornameoderrufname vname gebraeuchlichervorname firstname
        firstnames forename forenames givenname givennames 0301 0302 vornamealle allevornamen""",
    Field.FULL_NAME: """namevorname nachnamevorname familiennamevorname vornamename vornamenachname fullname
        personenname vollername vollstaendigername nameundvorname vorundnachname vorundzuname namevornamen
        familiennamevornamen nachnamevornamen namedesperson namederperson person einwohner buerger resident
        zugezogener zugezogeneperson completename personname""",
    Field.BIRTH_NAME: """geburtsname gebname frueherername fruehererfamilienname fruehererfamiliennamen
        frueherernamen fruehererenamen frueherenamen geborene birthname maidenname nameatbirth formername
        geburtsnachname geborenals maedchenname""",
    Field.BIRTH_DATE: """geburtsdatum gebdatum gebdat geburtstag gebtag geburtsdat geborenam gebam geboren geb gdatum
        gebd datumgeburt datumdergeburt tagdergeburt dateofbirth birthdate dob birthday born bornon birth gebdtm
        geburtsdatumtag geburtdatum 0601 gebdatumtt gebdatumttmmjjjj geburtsdatumttmmjjjj""",
    Field.BIRTH_YEAR: "geburtsjahr gebjahr jahrgang yearofbirth birthyear yob",
    Field.SEX: """geschlecht geschl sex gender mw mwd wm wmd 0701 g sexgender geschlechtmwd geschlechtmw
        geschlechtwm""",
    Field.NATIONALITY: """staatsangehoerigkeit staatsangehoerigkeiten staatsang staatsangeh staatsangh stang sta
        staang stangeh nationalitaet nationalitaeten nation nat nationality nationalities citizenship citizenships
        staatsbuergerschaft staatsbuerger 1001 stahm staatsangehoerigkeitschluessel staatsangschluessel stschl
        staatsangehoerigkeitcode nationalitycode weiterestaatsangehoerigkeit weiterestaatsangehoerigkeiten
        zweitestaatsangehoerigkeit erstestaatsangehoerigkeit ersterstaatsang countryofcitizenship stag stang1 stang2""",
    Field.ADDRESS: """anschrift adresse wohnanschrift wohnadresse meldeadresse meldeanschrift address fulladdress
        strassehausnummer strassehausnr strassehnr strassenr strasseundhausnummer strasseundhausnr strasseundnr
        strassenummer strhnr strnr strhausnr streetaddress neueanschrift neueadresse anschriftneu adresseneu
        wohnungsanschrift homeaddress currentaddress gegenwaertigeanschrift wohnung wohnhaftin wohnhaft streetandnumber
        streetandhousenumber streetno addressline1 addressline postalanschrift zustellanschrift""",
    Field.STREET: """strasse str strassenname strname street streetname strassenbezeichnung 1206 strassebez
        wohnstrasse""",
    Field.HOUSE_NUMBER: """hausnummer hausnr hnr nr hsnr hausn hausnummern housenumber housenr houseno number no
        streetnumber 1207 buildingnumber bldgno hausnummernziffer""",
    Field.HOUSE_SUFFIX: """hausnummernzusatz hausnummerzusatz hnrzusatz hausnrzusatz hnrzus zusatz hausnrzus
        housenumbersuffix adresszusatz zusatzhnr hausnummerbuchstabe buchstabe suffix""",
    Field.POSTAL_CODE: "plz postleitzahl postlz postal postalcode postcode zip zipcode 1202 plznr postleitz",
    Field.TOWN: """ort wohnort gemeinde stadt ortsname town city place municipality plzort plzundort ortplz
        postleitzahlort postleitzahlundort wohngemeinde 1203 postcodecity postcodeandtown zipcity neuerwohnort""",
    Field.DISTRICT: """ortsteil stadtteil stadtbezirk bezirk otl ot ortst stadtviertel quartier district
        neighbourhood neighborhood quarter gemeindeteil 1205 ortsteilname stadtteilname borough""",
    Field.MOVED_IN_ON: """einzug einzugsdatum einzugam einzugdatum datumeinzug datumdeseinzugs eingezogenam
        eingezogen zuzug zuzugsdatum zuzugdatum zuzugam datumzuzug datumdeszuzugs zugezogenam zugang zugangsdatum
        movedin movein moveindate moveddate movedinon dateofmove dateofmoving datemovedin arrival arrivaldate
        dateofarrival arrivedon arrived registrationdate anmeldedatum anmeldung anmeldungam angemeldetam angemeldet
        1301 einzugstag tagdeseinzugs einzdat einzdatum einzugsdat wohnhaftseit wohntseit wohnhaftab gemeldetseit
        gemeldetab seit beziehbarab tagdeszuzugs datumderanmeldung dateofregistration residentsince livingheresince
        moveindt bezogenam eingez eingezog zugez zuzdat zuzugsdat datumbezug einzugsdatumneuewohnung ereignisdatum""",
    Field.CAME_FROM: """zugezogenaus zuzugaus zuzugvon vorherigegemeinde vorigegemeinde vorherigerwohnort vorwohnort
        letzterwohnort letztewohnung herkunft herkunftsland herkunftsstaat herkunftsort zuzugsstaat zuzugsland
        zuzugsgemeinde fruehererwohnort bisherigerwohnort vorherigeanschrift vorigeanschrift letzteanschrift
        fruehereanschrift bisherigeanschrift camefrom movedfrom previouscountry previousplace previousresidence
        previousaddress previouscity previousmunicipality countryoforigin origin lastresidence lastcountry from aus
        vonwo woher wegzugsort wegzugsgemeinde 1210 1213 zuzugausstaat vorherigerstaat vorherigesland kommtaus
        bisherigergemeinde bisherigegemeinde fruehererstaat letzterwohnsitz vorwohnsitz vorherigerwohnsitz
        previouscountryofresidence von zugezvon eingezvon countryfrom herkunftslandort""",
    Field.GUARDIAN: """gesvertreter gesetzlichervertreter gesetzlichevertreter gesetzlicherverteter gesvertr gesv
        gesetzlvertreter gesetzlvertr gesetzlichevertretung gesetzlichevertreterin gesetzlichervertreterin
        sorgeberechtigte sorgeberechtigter sorgeberechtigt sorgeberechtigteperson erziehungsberechtigte
        erziehungsberechtigter eltern elternteil mutter vater guardian guardians legalguardian legalguardians
        legalrepresentative parent parents mother father 0902 gesetzlvertretung vertreter kindvon childof
        bezugsperson parentguardian guardianparent""",
    Field.HOUSEHOLD_NUMBER: """haushalt haushaltsnummer haushaltsnr haushaltnr hhnr hh haushaltsid haushaltid
        familie familiennummer familiennr famnr familienid familienverband household householdnumber householdno
        householdid householdnr hhid family familyid familynumber familyno familyunit bgnummer meldeeinheit
        familiengruppe gruppe group haushaltskennung verbundnummer hhno hhnumber""",
    Field.LANDLORD: """wohnungsgeber wohnungsgeberin vermieter vermieterin eigentuemer wohnungseigentuemer landlord
        owner propertyowner unterkunftgeber wohnungsgeberbestaetigung hausverwaltung lessor wohnungsgebername
        namedeswohnungsgebers""",
    Field.ADDRESS_LOCK: """auskunftssperre auskunftsperre sperrvermerk sperre ausksperre sperren adresssperre
        uebermittlungssperre bedingtersperrvermerk paragraph51 51bmg 52bmg auskunftssperrebmg sperrkennzeichen
        sperrkz addresslock addressprotection protected protectedaddress confidential locked disclosureban
        informationblock blocked askz as registerlock addressblocked informationban""",
    Field.LANGUAGE: """sprache muttersprache sprachen herkunftssprache verkehrssprache erstsprache language languages
        mothertongue nativelanguage preferredlanguage spricht firstlanguage spokenlanguage kontaktsprache""",
    Field.PHONE: """telefon telefonnummer tel telnr handy handynummer handynr mobil mobilnummer mobiltelefon
        mobilfunk rufnummer phone phonenumber telephone mobile mobilephone mobilenumber cell cellphone fon whatsapp
        telefonmobil telefonhandy contactnumber""",
    Field.EMAIL: "email emailadresse mail mailadresse emailaddress epost elektronischepost emailanschrift",
    Field.IGNORED: """lfdnr laufendenummer ordnungsmerkmal lfd lfdnummer nummer
        lfnr id ident kennung pos position zeile zaehler
        personennummer personennr personid personenid einwohnerid recordid rowid serial serialno sno rownumber row
        geburtsort geburtort gebort geburtstaat geburtland geburtsstaat geburtsland placeofbirth birthplace
        countryofbirth religion konfession
        religionszugehoerigkeit kirche familienstand famstand maritalstatus bemerkung bemerkungen anmerkung
        anmerkungen hinweis hinweise notiz notizen kommentar remarks remark comment comments note notes ausweisnummer
        ausweisnr passnummer passnr passportnumber passport personalausweis seriennummer azr azrnummer steuerid idnr
        identifikationsnummer steueridentifikationsnummer doktorgrad titel title dr sachbearbeiter sachbearbeiterin
        bearbeiter clerk dienststelle gueltigbis ausstelldatum auszug auszugsdatum wegzug moveout moveoutdate alter
        age kundennummer aktenzeichen az meldebehoerde gemeindeschluessel ags status wohnungsstatus wohnungsart
        hauptwohnung nebenwohnung hwnw hauptnebenwohnung erfasstam erfassungsdatum druckdatum stand anlass
        meldegrund""",
}
SYNONYMS: dict[str, Field] = {word: meaning for meaning, words in _SYNONYMS.items() for word in words.split()}

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "§": "paragraph", "&": "und", "+": "und"}
)
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def heading_key(text: str) -> str:
    """A heading without what offices vary: case, umlauts, dots, spaces, underscores, brackets with hints."""
    text = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub("", text)
