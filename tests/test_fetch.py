"""Fetching from OpenStreetMap, asked of a small server on this machine."""

import json
import socket
import threading
import warnings
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import unquote_plus

import pytest

from drawn_osm import asked, number, seconds, to_degrees
from drawn_town import metre, origin
from siting.cli import main
from siting.errors import DataError, OutputError
from siting.network import read_network
from siting.network.fetch import fetch_streets

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import osmnx

places = {"a": (0, 0), "b": (2, 0), "c": (2, 2), "d": (0, 2), "e": (0.5, 1), "m": (1, 0)}
street = {"highway": "residential", "name": "街"}
ways = [
    ("amb", {**street, "oneway": "-1"}),
    ("bcda", street),
    ("mc", {"highway": "cycleway"}),
    ("dem", street),
]
bollard = "e"


def degrees(at):
    lon, lat = to_degrees.transform(*(origin + metre * at for origin, at in zip(origin, at)))
    return round(lon, 7), round(lat, 7)


def found_place():
    corners = [degrees(at) for at in ((-1, -1), (3, -1), (3, 3), (-1, 3), (-1, -1))]
    return [
        {
            "place_id": 1,
            "osm_type": "relation",
            "osm_id": 1,
            "lat": str(corners[0][1]),
            "lon": str(corners[0][0]),
            "class": "boundary",
            "type": "administrative",
            "importance": 0.5,
            "display_name": "画城",
            "boundingbox": [
                str(bound) for bound in (corners[0][1], corners[2][1], corners[0][0], corners[2][0])
            ],
            "geojson": {"type": "Polygon", "coordinates": [corners]},
        }
    ]


def found_streets():
    nodes = [
        {"type": "node", "id": number(name), "lon": degrees(at)[0], "lat": degrees(at)[1]}
        for name, at in places.items()
    ]
    nodes[list(places).index(bollard)]["tags"] = {"barrier": "bollard"}
    lines = [
        {"type": "way", "id": i, "nodes": [number(name) for name in letters], "tags": tags}
        for i, (letters, tags) in enumerate(ways, 1)
    ]
    return {"version": 0.6, "elements": nodes + lines}


class Server(HTTPServer):
    """Answers as it is told, and keeps what it was asked."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.place, self.streets, self.asked = found_place(), found_streets(), []

    @property
    def urls(self):
        here = f"http://127.0.0.1:{self.server_port}"
        return {"nominatim_url": here, "overpass_url": f"{here}/api"}


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/search"):
            self.answer(self.server.place)
        else:
            self.answer("Connected as: 1\nnow\n\nRate limit: 2\n2 slots available now.\n")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(body.decode())
        self.answer(self.server.streets)

    def answer(self, content):
        text = content if isinstance(content, str) else json.dumps(content)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def kept_settings():
    return {name: value for name, value in vars(osmnx.settings).items() if not name.startswith("_")}


@pytest.mark.parametrize("name", ["town.graphml", "town.gpkg"])
def test_from_the_name_of_a_place_to_a_network(tmp_path, monkeypatch, server, name):
    monkeypatch.chdir(tmp_path)
    before, look_up = kept_settings(), socket.getaddrinfo
    (note,) = fetch_streets("画城", tmp_path / name, margin_m=500, **server.urls)
    assert kept_settings() == before
    assert socket.getaddrinfo is look_up
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert "ODbL" in note.en
    assert "画城" in note.zh
    (question,) = server.asked
    assert "highway" in question

    network = read_network(asked(tmp_path, name))
    a, m, c, d = (places[name] for name in "amcd")
    assert seconds(network, "walk", a, m) == 100
    assert seconds(network, "drive", m, a) == 10
    assert seconds(network, "drive", a, m) == 70  # against the one-way street: round by d, c, b
    assert seconds(network, "cycle", m, c) == 112  # the cycleway, 224 m
    assert seconds(network, "drive", m, c) == 50
    assert seconds(network, "walk", d, m) == 224  # past the bollard
    assert seconds(network, "drive", d, m) == 50


def test_streets_beyond_the_place_are_asked_for(tmp_path, server):
    fetch_streets("画城", tmp_path / "town.graphml", margin_m=2000, **server.urls)
    (question,) = server.asked
    corners = unquote_plus(question).split("poly:'")[1].split("'")[0]
    numbers = [float(part) for part in corners.split()]
    (west, south), (east, north) = degrees((-1, -1)), degrees((3, 3))
    assert min(numbers[0::2]) < south - 0.015
    assert max(numbers[1::2]) > east + 0.015
    assert min(numbers[1::2]) < west - 0.015
    assert max(numbers[0::2]) > north + 0.015


@pytest.mark.parametrize(("options", "margin_km"), [([], 3), (["--margin-km", "25"], 25)])
def test_the_command_tells_how_far_beyond(tmp_path, capsys, server, options, margin_km):
    urls = [f"--{name.removesuffix('_url')}={url}" for name, url in server.urls.items()]
    file = tmp_path / "town.graphml"
    assert main(["fetch", "画城", "--out", str(file), *urls, *options]) == 0
    assert f"画城及其外{margin_km}公里的道路" in capsys.readouterr().out
    (question,) = server.asked
    corners = unquote_plus(question).split("poly:'")[1].split("'")[0]
    north = max(float(part) for part in corners.split()[0::2])
    expected = degrees((-1, 3))[1] + margin_km / 111
    assert north == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("wrong", ["25000", "-1", "nan", "far"])
def test_a_margin_that_is_none(tmp_path, capsys, wrong):
    words = ["--out", str(tmp_path / "town.gpkg"), f"--margin-km={wrong}", "--lang", "en"]
    assert main(["fetch", "画城", *words]) == 2
    assert f"a number from 0 to 100 (km) expected, found '{wrong}'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("place", "streets", "expected"),
    [
        ([], None, "OpenStreetMap gave no streets: InsufficientResponseError"),
        ("<html>busy</html>", None, "OpenStreetMap gave no streets"),
        ({"error": "busy"}, None, "OpenStreetMap gave no streets"),
        ([{"lat": 1}], None, "OpenStreetMap gave no streets"),
        (None, "<html>busy</html>", "OpenStreetMap gave no streets"),
        (None, {"remark": "runtime error"}, "OpenStreetMap gave no streets"),
        (None, {"elements": []}, "OpenStreetMap gave no streets"),
        (None, [1, 2], "OpenStreetMap gave no streets"),
    ],
)
def test_answers_that_are_no_streets(tmp_path, server, place, streets, expected):
    earlier = tmp_path / "town.graphml"
    earlier.write_text("what was there", encoding="utf-8")
    before = kept_settings()
    server.place = found_place() if place is None else place
    server.streets = found_streets() if streets is None else streets
    with pytest.raises(DataError) as caught:
        fetch_streets("画城", earlier, **server.urls)
    (problem,) = caught.value.problems
    assert expected in problem.what
    assert "画城" in problem.place
    assert earlier.read_text(encoding="utf-8") == "what was there"
    assert [path.name for path in tmp_path.iterdir()] == ["town.graphml"]
    assert kept_settings() == before


def test_a_server_that_is_gone(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(DataError, match="the server does not answer: http://127"):
        fetch_streets("画城", tmp_path / "town.gpkg", nominatim_url=gone, overpass_url=gone)
    assert not any(tmp_path.iterdir())


def test_another_ending(tmp_path):
    with pytest.raises(OutputError, match="saved as GraphML or GeoPackage"):
        fetch_streets("画城", tmp_path / "town.shp")
