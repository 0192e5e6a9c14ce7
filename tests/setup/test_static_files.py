"""Only static files that a page may ask for are collected, and every one that our templates name."""

import re
from pathlib import Path

from django.apps import apps
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.apps import StaticFilesConfig

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def collected():
    config = apps.get_app_config("staticfiles")
    assert isinstance(config, StaticFilesConfig)
    left_out = config.ignore_patterns
    return {path for finder in finders.get_finders() for path, _storage in finder.list(left_out)}


def test_the_admin_of_django_is_not_served():
    assert not any(path.startswith("admin/") for path in collected())


def test_what_our_templates_name_is_served():
    named = {
        path
        for template in TEMPLATES.rglob("*.html")
        for path in re.findall(r"""{%\s*static\s+['"]([^'"]+)['"]""", template.read_text())
    }

    assert named
    assert named - collected() == set()
