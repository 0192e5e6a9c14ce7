from django.urls import path

from foundation.documents.printing import views

urlpatterns = [
    path("print/<str:kind>/<uuid:pk>/", views.Order.as_view(), name="print"),
    path("printouts/<uuid:pk>/", views.PrintoutPage.as_view(), name="printout"),
    path("printouts/<uuid:pk>/again/", views.OrderAgain.as_view(), name="printout_again"),
    path("printouts/<uuid:pk>/file/", views.PrintoutFile.as_view(), name="printout_file"),
]
