"""Forms about documents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.pages.forms import VersionedForm


class WithdrawForm(VersionedForm):
    """Why it is taken out of the lists."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Everyone who sees the document reads it. The file, its versions and the custody record stay."),
    )
