"""The address of everything."""

from django.urls import include, path

from wbcj import health

urlpatterns = [
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
    path("account/", include("allauth.urls")),
]
