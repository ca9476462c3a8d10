"""Words of this room for forms, which hold no model."""

from django.utils.translation import gettext_lazy as _

GROUNDS = [
    ("entrusted", _("Anvertraut in der Jugendhilfe (§ 65 SGB VIII)")),
    ("secret", _("Berufsgeheimnis (§ 203 StGB)")),
]
