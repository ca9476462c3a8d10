"""The description of the interface (OpenAPI 3.1), made from the table of the standard: it cannot fall behind."""

from __future__ import annotations

from typing import Any

from stafette.directory.exchange.hsds.standard import Thing, things, version
from stafette.portal.api.asking import FORMATS, LINES

Object = dict[str, Any]
SHEET = "#/components/schemas/"
TYPES: dict[str, Object] = {
    "text": {"type": "string"},
    "ref": {"type": "string"},
    "uuid": {"type": "string", "format": "uuid"},
    "uri": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string"},
    "datetime": {"type": "string", "format": "date-time"},
    "number": {"type": "number"},
}
PARAMETERS: dict[str, tuple[str, str]] = {
    "search": (
        "string",
        "Frage oder Suchwort, auch mit Tippfehlern und in anderen Sprachen: zuerst die 80 besten Antworten der Suche, "
        "dann alles, worin die Wörter selbst stehen.",
    ),
    "page": ("integer", "Nummer der Seite, ab 1."),
    "per_page": ("integer", "Wie viele auf einer Seite; üblich 50, höchstens 200, mit full 100."),
    "taxonomy_term_id": ("string", "Nur was unter diesem Wort einer Systematik steht."),
    "taxonomy_id": ("string", "Nur was unter irgendeinem Wort dieser Systematik steht."),
    "organization_id": ("string", "Nur Angebote dieses Trägers."),
    "format": (
        "string",
        "json (üblich) oder ndjson: die ganze Liste ohne Seiten, ein Objekt je Zeile. Ebenso mit dem Kopf "
        "Accept: application/x-ndjson.",
    ),
    "modified_after": (
        "string",
        "Nur was seit diesem Zeitpunkt geändert wurde; dann auch Angebote, die es nicht mehr gibt.",
    ),
    "minimal": ("boolean", "Nur Kennung und Zeitpunkt der Änderung, möglichst alle auf einer Seite."),
    "full": ("boolean", "Mit allem, was daran hängt."),
    "full_service": ("boolean", "Die Angebote des Trägers mit allem, was daran hängt."),
    "parent_id": ("string", "Nur Wörter unter diesem; unsere Systematiken haben eine Ebene."),
    "top_only": ("boolean", "Nur oberste Wörter; bei uns sind es alle."),
    "language": ("string", "Sprache der Blätter: de, ls, en, bg, ro, pl, uk, tr oder ar."),
}
LISTED = ("search", "page", "per_page", "format")
NARROWED = (*LISTED, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")
LISTS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("services", "service", (*NARROWED, "minimal", "full"), "Angebote"),
    (
        "organizations",
        "organization",
        (*LISTED, "taxonomy_term_id", "taxonomy_id", "modified_after", "full", "full_service"),
        "Träger",
    ),
    ("service_at_locations", "service_at_location", (*NARROWED, "full"), "Angebote an ihren Orten"),
    ("taxonomies", "taxonomy", LISTED, "Systematiken"),
    (
        "taxonomy_terms",
        "taxonomy_term",
        (*LISTED, "taxonomy_id", "parent_id", "top_only"),
        "Wörter der Systematiken",
    ),
)


def description(root: str) -> Object:
    """The interface at this address in the words of OpenAPI."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Stafette: Verzeichnis der Angebote",
            "version": "1.0.0",
            "summary": f"Nur lesen, ohne Anmeldung, nach HSDS {version()}.",
            "description": ABOUT,
            "license": {
                "name": "Datenlizenz Deutschland – Zero – Version 2.0",
                "identifier": "DL-DE-ZERO-2.0",
            },
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": root}],
        "paths": _paths(),
        "components": {
            "schemas": {"Page": PAGE, "Problem": PROBLEM}
            | {name: _schema(one) for name, one in things().items()},
            "parameters": {
                name: {
                    "name": name,
                    "in": "query",
                    "required": False,
                    "description": says,
                    "schema": {"type": kind} | ({"enum": list(FORMATS)} if name == "format" else {}),
                }
                for name, (kind, says) in PARAMETERS.items()
            },
        },
    }


ABOUT = (
    "Öffentliche Angebote öffentlicher Träger. Aussehen und Namen folgen der Human Services Data Specification "
    "von Open Referral. Zeiten sind Ortszeit (Europe/Berlin). Was HSDS nicht als Feld kennt – Aufnahme, Wartezeit, "
    "Zusammenfassung, Tage ohne Öffnung –, steht als Attribut mit Wert, dessen Wort aus der Systematik "
    "urn:stafette:fields ist. `translations` eines Angebots sind freigegebene Texte in anderen Sprachen. "
    "ETag und If-None-Match sparen das Laden von Unverändertem."
)
PAGE: Object = {
    "type": "object",
    "required": ["empty"],
    "properties": {
        **{name: {"type": "integer"} for name in ("total_items", "total_pages", "page_number", "size")},
        **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
    },
}
PROBLEM: Object = {
    "type": "object",
    "properties": {"status": {"type": "integer"}, "error": {"type": "string"}},
}


def _schema(one: Thing) -> Object:
    properties: Object = {
        name: {"type": "string", "enum": kind.split("|")} if "|" in kind else dict(TYPES[kind])
        for name, kind in one.fields.items()
    }
    properties |= {name: {"$ref": SHEET + inner} for name, inner in one.one.items()}
    properties |= {
        name: {"type": "array", "items": {"$ref": SHEET + inner}} for name, inner in one.many.items()
    }
    if one.name == "service":
        properties["translations"] = {"type": "array", "items": {"type": "object"}}
    return {
        "type": "object",
        "description": one.says,
        "properties": properties,
        "required": list(one.required),
    }


def _paths() -> Object:
    found: Object = {
        "/": _get("getAPIMetaInformation", "Was das hier ist", (), {"type": "object"}, "required"),
        "/openapi.json": _get("getOpenAPI", "Diese Beschreibung", (), {"type": "object"}, "optional"),
        "/sheets": _get(
            "getSheets", "Veröffentlichte Infoblätter", ("language",), {"type": "object"}, "optional"
        ),
        "/services/{id}.ics": _one(
            "getCalendar", "Zeiten als Kalender", {"type": "string"}, (), "text/calendar"
        ),
    }
    for plural, kind, parameters, says in LISTS:
        level = "required" if plural == "services" else "optional"  # codelist api-endpoint-requirement
        page = {
            "allOf": [{"$ref": SHEET + "Page"}],
            "properties": {"contents": {"type": "array", "items": {"$ref": SHEET + kind}}},
        }
        found[f"/{plural}"] = _get(f"list_{plural}", says, parameters, page, level)
        content = found[f"/{plural}"]["get"]["responses"]["200"]["content"]
        content[LINES] = {"schema": {"$ref": SHEET + kind}}  # of each line
        more = ("full_service",) if plural == "organizations" else ()
        found[f"/{plural}/{{id}}"] = _one(f"get_{kind}", says, {"$ref": SHEET + kind}, more, level=level)
    return found


def _get(
    name: str,
    says: str,
    parameters: tuple[str, ...],
    schema: Object,
    level: str,
    kind: str = "application/json",
) -> Object:
    return {
        "get": {
            "operationId": name,
            "summary": says,
            "tags": [level],
            "parameters": [{"$ref": f"#/components/parameters/{one}"} for one in parameters],
            "responses": {
                "200": {"description": says, "content": {kind: {"schema": schema}}},
                "304": {"description": "Unverändert seit dem ETag, den Sie haben."},
                **{
                    status: {
                        "description": what,
                        "content": {"application/json": {"schema": {"$ref": SHEET + "Problem"}}},
                    }
                    for status, what in PROBLEMS.items()
                },
            },
        }
    }


PROBLEMS = {
    "400": "Eine Angabe in der Adresse ergibt keinen Sinn.",
    "404": "Das gibt es nicht oder nicht öffentlich.",
    "429": "Zu viele Abfragen in einer Minute.",
}


def _one(
    name: str,
    says: str,
    schema: Object,
    parameters: tuple[str, ...] = (),
    kind: str = "application/json",
    level: str = "optional",
) -> Object:
    at = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    return {"parameters": [at]} | _get(name, says, parameters, schema, level, kind)
