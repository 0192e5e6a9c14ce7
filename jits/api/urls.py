"""Addresses of joint investigation teams for partner systems."""

from django.urls import path

from jits.api import law

urlpatterns = [
    path("legal-basis", law.LegalBasisRead.as_view(), name="api_legal_basis"),
]
