from django.urls import path

from foundation.pages import views

urlpatterns = [path("acting/", views.acting, name="acting")]
