from django.urls import path

from teams.bulletins import choosing, photos, views

app_name = "bulletins"

urlpatterns = [
    path("", views.bulletins, name="bulletins"),
    path("nieuw/", views.bulletin_add, name="bulletin-add"),
    path("mail/", choosing.digests, name="digests"),
    path("foto/<uuid:pk>/", photos.photo, name="photo"),
    path("foto/<uuid:pk>/weg/", photos.photo_removal, name="photo-removal"),
    path("opmerking/<uuid:pk>/weg/", views.comment_removal, name="comment-removal"),
    path("<uuid:pk>/", views.bulletin, name="bulletin"),
    path("<uuid:pk>/wijzigen/", views.bulletin_edit, name="bulletin-edit"),
    path("<uuid:pk>/weg/", views.bulletin_removal, name="bulletin-removal"),
    path("<uuid:pk>/archief/", views.bulletin_archive, name="bulletin-archive"),
    path("<uuid:pk>/terug/", views.bulletin_return, name="bulletin-return"),
    path("<uuid:pk>/fotos/", photos.photos, name="photos"),
    path("<uuid:pk>/opmerkingen/", views.comment_add, name="comment-add"),
]
