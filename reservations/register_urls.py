"""The register of associations, below /zalen/verenigingen/. Paths are Dutch; names are code, so English."""

from django.urls import path

from reservations.views import associations, contacts

urlpatterns = [
    path("", associations.associations, name="associations"),
    path("verenigingen.csv", associations.associations_sheet, name="associations-sheet"),
    path("nieuw/", associations.association_add, name="association-add"),
    path("inlezen/", associations.associations_import, name="associations-import"),
    path("<int:pk>/", associations.association, name="association"),
    path("<int:pk>/wijzigen/", associations.association_edit, name="association-edit"),
    path("<int:pk>/samenvoeging/", associations.association_merge, name="association-merge"),
    path("<int:pk>/geschiedenis/", associations.association_history, name="association-history"),
    path("<int:pk>/contactpersonen/nieuw/", contacts.contact_add, name="contact-add"),
    path("<int:pk>/contactpersonen/<uuid:contact>/", contacts.contact_edit, name="contact-edit"),
    path("<int:pk>/contactpersonen/<uuid:contact>/wissing/", contacts.contact_erasure, name="contact-erasure"),
]
