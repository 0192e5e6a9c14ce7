"""Ana, a prosecutor with a second factor still to come, and browsers at addresses of their own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.notifications import tasks
from foundation.notifications.models import Delivery, State
from tests.people import PASSWORD, House

HOME, STRANGER, FRESH = "192.0.2.1", "198.51.100.7", "203.0.113.9"


@pytest.fixture
def ana(db):
    return House().person("Ana", "AL")


def attempt(browser, email, password=PASSWORD):
    return browser.post(reverse("account_login"), {"login": email, "password": password})


def at(address, **extra):
    return Client(REMOTE_ADDR=address, **extra)


def send_mails():
    """Let the worker send what is waiting; in a test's one transaction the database's clock stands still."""
    Delivery.objects.filter(state=State.WAITING).update(due_at=timezone.now() - timedelta(hours=1))
    tasks.deliver()


def signed_in(browser):
    return "_auth_user_id" in browser.session
