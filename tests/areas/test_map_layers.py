import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import shapely
from django.test import Client
from pytest_django.fixtures import Settings

from areas.geometry import shape_of
from areas.models import Area
from areas.svg import area_map
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("areas")


class TestBorders:
    def test_are_geojson_with_their_licence(self) -> None:
        answer = Client().get("/gebieden/grenzen/gebieden17.geojson")
        collection = answer.json()
        assert answer.headers["Content-Type"] == "application/geo+json"
        assert len(collection["features"]) == 17
        assert "Modellicentie" in collection["attribution"]

    def test_say_where_a_name_has_room(self) -> None:
        for feature in Client().get("/gebieden/grenzen/gebieden17.geojson").json()["features"]:
            assert shape_of(feature["geometry"]).contains(shapely.Point(feature["properties"]["label"]))

    def test_are_not_sent_again_until_they_change(self) -> None:
        url, client = "/gebieden/grenzen/gebieden17.geojson", Client()
        version = client.get(url).headers["ETag"]
        assert client.get(url, headers={"if-none-match": version}).status_code == 304
        Area.objects.filter(code="overleie").update(name="Overleie-Noord")
        assert client.get(url, headers={"if-none-match": version}).status_code == 200

    def test_of_an_unknown_set_are_not_found(self) -> None:
        assert Client().get("/gebieden/grenzen/mars.geojson").status_code == 404


class TestPlaceNames:
    def test_come_with_their_kind_and_spot(self) -> None:
        places = Client().get("/gebieden/plekken.json").json()["places"]
        assert ["Grote Markt", "square", 3.2649, 50.8279] in places


class Tiles(BaseHTTPRequestHandler):
    asked: list[str] = []
    kind, body, status = "image/png", b"\x89PNG", 200

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(self.status)
        self.send_header("Content-Type", self.kind)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_args: object) -> None:
        pass


class TestBaseMap:
    @pytest.fixture
    def client(self, cast: Cast, sign_in: Callable[..., Client]) -> Client:
        return sign_in(cast["agent"])

    @pytest.fixture
    def tiles(self, settings: Settings) -> Iterator[type[Tiles]]:
        handler = type("Handler", (Tiles,), {"asked": []})
        server = HTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.BASE_MAP_TILES_URL = f"http://127.0.0.1:{server.server_port}/grb/{{z}}/{{x}}/{{y}}"
        yield handler
        server.shutdown()
        thread.join()
        server.server_close()

    def test_is_off_by_default(self, client: Client) -> None:
        assert client.get("/gebieden/tegels/14/8341/5493.png").status_code == 404
        assert "data-tiles" not in client.get("/gebieden/").content.decode()

    def test_passes_a_picture_on_when_it_is_set(self, client: Client, tiles: type[Tiles]) -> None:
        answer = client.get("/gebieden/tegels/14/8341/5493.png")
        assert (answer.status_code, answer.content) == (200, b"\x89PNG")
        assert tiles.asked == ["/grb/14/8341/5493"]
        assert 'data-tiles="/gebieden/tegels/0/0/0.png"' in client.get("/gebieden/").content.decode()

    @pytest.mark.parametrize("path", ["3/1/1", "21/1/1", "14/16384/1", "14/1/16384"])
    def test_asks_for_no_tile_that_cannot_exist(self, client: Client, tiles: type[Tiles], path: str) -> None:
        assert client.get(f"/gebieden/tegels/{path}.png").status_code == 404
        assert tiles.asked == []

    @pytest.mark.parametrize(
        "wrong", [{"kind": "text/html"}, {"status": 500}, {"body": b"x" * 500_001}], ids=["html", "error", "too large"]
    )
    def test_passes_nothing_else_on(self, client: Client, tiles: type[Tiles], wrong: dict[str, object]) -> None:
        for name, value in wrong.items():
            setattr(tiles, name, value)
        assert client.get("/gebieden/tegels/14/8341/5493.png").status_code == 404

    def test_reads_no_file_of_the_server(self, client: Client, settings: Settings) -> None:
        settings.BASE_MAP_TILES_URL = "file:///etc/passwd?{z}{x}{y}"
        assert client.get("/gebieden/tegels/14/8341/5493.png").status_code == 404

    def test_is_for_members_only(self, tiles: type[Tiles]) -> None:
        assert Client().get("/gebieden/tegels/14/8341/5493.png").status_code == 302
        assert tiles.asked == []


class TestSmallMap:
    def test_draws_the_17_with_one_marked_and_a_pin_inside_it(self) -> None:
        drawn = area_map(Area.objects.get(code="overleie").pk, pin=(3.2622, 50.8340))
        assert len(drawn["areas"]) == 17
        assert [area["here"] for area in drawn["areas"]].count(True) == 1
        assert drawn["title"] == "Kaart van de gebieden, Overleie gemarkeerd"
        assert 0 < drawn["pin"]["x"] < drawn["width"]
        assert 0 < drawn["pin"]["y"] < drawn["height"]

    def test_draws_the_set_of_the_marked_area(self) -> None:
        assert len(area_map(Area.objects.get(code="wijk-4").pk)["areas"]) == 19

    def test_draws_the_17_without_a_mark(self) -> None:
        drawn = area_map(None)
        assert len(drawn["areas"]) == 17
        assert not any(area["here"] for area in drawn["areas"])
        assert drawn["pin"] is None
