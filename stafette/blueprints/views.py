"""What runs, and a file that is checked, compared, and applied."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.blueprints import access, commands, forms, queries
from stafette.blueprints.schema import check as check_text
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response


def _require_editor(request: StaffRequest) -> None:
    """The pages exist only for those who may apply a blueprint."""
    if not request.actor.may(Permission.BLUEPRINT_EDIT):
        raise Http404


def overview(request: StaffRequest) -> HttpResponse:
    """What runs now, by table, the versions so far, and the way to the next one."""
    _require_editor(request)
    versions = access.visible_to(request.actor)[:20]
    context = {"versions": versions, "running": queries.running(), "form": forms.UploadForm()}
    return render(request, "blueprints/overview.html", context)


@require_POST
def check(request: StaffRequest) -> HttpResponse:
    """Name every error with its line, or show what would change."""
    _require_editor(request)
    form = forms.UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {
            "versions": access.visible_to(request.actor)[:20],
            "running": queries.running(),
            "form": form,
        }
        return render(request, "blueprints/overview.html", context, status=422)
    reading = check_text(form.cleaned_data["file"])
    changes = queries.changes_of(reading.blueprint) if reading.blueprint else []
    context = queries.preview(reading, changes) | {
        "apply_form": forms.ApplyForm(initial={"text": reading.text})
    }
    return render(request, "blueprints/check.html", context, status=422 if reading.errors else 200)


@require_POST
def apply(request: StaffRequest) -> HttpResponse:
    """Apply the text that was shown; it is checked and compared once more."""
    _require_editor(request)
    form = forms.ApplyForm(request.POST)
    if form.is_valid():
        version = commands.apply_blueprint(actor=request.actor, text=form.cleaned_data["text"])
        if version is None:
            messages.info(request, _("Es war nichts zu ändern."))
        else:
            messages.success(request, _("Angewendet als Fassung {number}.").format(number=version.number))
    return redirect("blueprints:overview")


def export(request: StaffRequest) -> HttpResponse:
    """Hand out what runs as a file."""
    _require_editor(request)
    name = f"blaupause-{today():%Y-%m-%d}.toml"
    return file_response(queries.export().encode(), name=name, kind="application/toml")
