"""Buildings and what their keepers do, below /zalen/gebouwen/. Paths are Dutch; names are code, so English."""

from django.urls import path

from reservations.views import buildings, closures, opening, photos, rights, rooms, spaces

urlpatterns = [
    path("", buildings.buildings, name="buildings"),
    path("fotos/<uuid:pk>/", photos.photo, name="photo"),
    path("fotos/<uuid:pk>/klein/", photos.thumbnail, name="photo-thumbnail"),
    path("fotos/<uuid:pk>/omschrijving/", photos.photo_description, name="photo-description"),
    path("fotos/<uuid:pk>/eerst/", photos.photo_first, name="photo-first"),
    path("fotos/<uuid:pk>/weg/", photos.photo_removal, name="photo-removal"),
    path("<slug:code>/", buildings.building, name="building"),
    path("<slug:code>/wijzigen/", buildings.building_edit, name="building-edit"),
    path("<slug:code>/geschiedenis/", buildings.building_history, name="building-history"),
    path("<slug:code>/rechten/", rights.rights, name="rights"),
    path("<slug:code>/fotos/", photos.building_photos, name="building-photos"),
    path("<slug:code>/openingsuren/", opening.opening, name="opening"),
    path("<slug:code>/openingsuren/nieuw/", opening.period_add, name="period-add"),
    path("<slug:code>/openingsuren/<int:pk>/", opening.period_edit, name="period-edit"),
    path("<slug:code>/openingsuren/<int:pk>/weg/", opening.period_removal, name="period-removal"),
    path("<slug:code>/sluitingen/", closures.closures, name="closures"),
    path("<slug:code>/sluitingen/nieuw/", closures.closure_add, name="closure-add"),
    path("<slug:code>/sluitingen/<uuid:pk>/", closures.closure, name="closure"),
    path("<slug:code>/sluitingen/<uuid:pk>/opheffing/", closures.closure_lifting, name="closure-lifting"),
    path("<slug:code>/ruimten/", spaces.spaces, name="spaces"),
    path("<slug:code>/ruimten/splitsing/", spaces.space_split, name="space-split"),
    path("<slug:code>/ruimten/samenvoeging/", spaces.space_join, name="space-join"),
    path("<slug:code>/zalen/nieuw/", rooms.room_add, name="room-add"),
    path("<slug:code>/zalen/<slug:room>/", rooms.room, name="room"),
    path("<slug:code>/zalen/<slug:room>/wijzigen/", rooms.room_edit, name="room-edit"),
    path("<slug:code>/zalen/<slug:room>/fotos/", photos.room_photos, name="room-photos"),
    path("<slug:code>/zalen/<slug:room>/intrekking/", rooms.room_withdrawal, name="room-withdrawal"),
    path("<slug:code>/zalen/<slug:room>/terugkeer/", rooms.room_return, name="room-return"),
]
