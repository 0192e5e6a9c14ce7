"""What a deployment may never be."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from wbcj import checks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["coordination.example.org", "*", ".example.org", "192.0.2.7"])
def test_the_demo_is_refused_on_a_public_host(settings, host):
    settings.WBCJ_DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", host]

    with pytest.raises(SystemCheckError, match=r"wbcj\.E001"):
        call_command("check", deploy=True, tags=["security"])


def test_the_demo_is_welcome_on_loopback(settings):
    settings.WBCJ_DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

    assert checks.demo_stays_on_loopback(None) == []


def test_demo_people_are_refused_outside_the_demo(settings, django_user_model):
    settings.WBCJ_DEMO = False
    django_user_model.objects.create(email="ana@prosecution.example", full_name="Ana")

    with pytest.raises(SystemCheckError, match=r"wbcj\.E003"):
        call_command("check", deploy=True, tags=["database"], databases=["default"])


def test_real_people_are_welcome_outside_the_demo(settings, django_user_model):
    settings.WBCJ_DEMO = False
    django_user_model.objects.create(email="ana@prosecution.example.org", full_name="Ana")

    assert checks.no_demo_people(None, databases=["default"]) == []
