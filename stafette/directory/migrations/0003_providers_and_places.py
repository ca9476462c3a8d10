"""Make providers, places, numbers and hours of what stood in one line each."""

from django.db import migrations
from django.utils.text import slugify

from stafette.directory.hours import parse_hours


def move(apps, schema_editor):
    def rows(name):
        return apps.get_model("directory", name).objects.using(schema_editor.connection.alias)

    for service in rows("Service").filter(organization=None):
        name = service.provider or service.name
        code = slugify(name)[:70] or service.code
        if rows("Organization").filter(code=code).exclude(name=name).exists():  # two names, one short form
            code = f"{code}-{service.code}"[:80]
        service.organization, _new = rows("Organization").get_or_create(code=code, defaults={"name": name})
        service.status = "active" if service.is_active else "inactive"
        service.assured_at = service.verified_on
        service.save(using=schema_editor.connection.alias)
        if service.address:
            street, _comma, town = service.address.partition(",")
            number, _space, city = town.strip().partition(" ")
            location = rows("Location").create(
                code=service.code,
                name="",
                organization=service.organization,
                address_1=street.strip(),
                postal_code=number if number.isdigit() else "",
                city=city if number.isdigit() else town.strip(),
            )
            rows("ServiceAtLocation").create(service=service, location=location)
        if service.phone:
            rows("Phone").create(service=service, number=service.phone, kind="voice")
        for position, one in enumerate(parse_hours(service.hours)):
            rows("Schedule").create(
                service=service,
                position=position,
                byday=one.byday,
                opens_at=one.opens_at,
                closes_at=one.closes_at,
                attending=one.attending,
                description=one.description,
            )


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_hsds")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
