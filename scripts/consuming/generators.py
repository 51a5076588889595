"""Generators of clients: each makes one, and a compiler or a parser of its language takes it."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mipos_contract import document
from scripts.consuming.bench import FailureError, generator

if TYPE_CHECKING:
    from scripts.consuming.bench import Bench

# The generated Java needs one annotation that the generator's jar does not hold.
GENERATED = """\
package javax.annotation;
public @interface Generated { String[] value(); String comments() default ""; }
"""


def openapi_typescript(bench: Bench) -> None:
    """Make types, and compile them."""
    made = bench.directory / "types.ts"
    # Elsewhere, since it takes a redocly.yaml where it is run for its own.
    bench.run(
        *bench.script("openapi-typescript"),
        *(str(bench.document), "-o", str(made)),
        cwd=bench.directory,
    )
    _tsc(bench, made)


def hey_api(bench: Bench) -> None:
    """Make a client, and compile it."""
    bench.run(
        *bench.script("openapi-ts"), "-i", str(bench.document), "-o", str(bench.directory / "c")
    )
    _tsc(bench, bench.directory / "c" / "index.ts")


def typescript_fetch(bench: Bench) -> None:
    """Make a client, and compile it."""
    _generate(bench, "typescript-fetch")
    _tsc(bench, bench.directory / "index.ts")


def java(bench: Bench) -> None:
    """Make a client, and compile it beside the libraries that the generator itself is made of."""
    _generate(bench, "java", "library=native,openApiNullable=false,hideGenerationTimestamp=true")
    stub = bench.directory / "Generated.java"
    stub.write_text(GENERATED, "utf-8")
    found = importlib.util.find_spec("openapi_generator_cli")
    if found is None or found.origin is None:
        raise FailureError("openapi-generator-cli is not installed")
    bench.run(
        *("javac", "-nowarn", "-proc:none", "-d", str(bench.directory / "out")),
        *("-cp", str(Path(found.origin).parent / "openapi-generator.jar"), str(stub)),
        *_files(bench.directory / "src" / "main", "*.java"),
    )


def go(bench: Bench) -> None:
    """Make a client, and compile and vet it."""
    _generate(bench, "go")
    bench.run(str(Path(sys.executable).parent / "go"), "vet", ".", cwd=bench.directory)


def c_sharp(bench: Bench) -> None:
    """Make a client, and parse it."""
    _generate(bench, "csharp")
    _parse(bench, "tree_sitter_c_sharp", "language", "*.cs")


def php(bench: Bench) -> None:
    """Make a client, and parse it."""
    _generate(bench, "php")
    _parse(bench, "tree_sitter_php", "language_php", "*.php")


def _generate(bench: Bench, language: str, properties: str = "") -> None:
    extra = ["--additional-properties", properties] if properties else []
    # Generated tests need packages that the registries in use do not carry.
    without_tests = ["--global-property", "apiTests=false,modelTests=false"]
    bench.run(
        *generator(["-i", str(bench.document), "-g", language, "-o", str(bench.directory)]),
        *extra,
        *without_tests,
    )
    # It has been seen to end with 0 and to lose an operation.
    text = "".join(
        Path(each).read_text("utf-8") for each in _files(bench.directory, "*") if "pi" in each
    )
    for name in document.operations():
        if name.lower() not in text.lower():
            raise FailureError(f"{language}: {name} is not in what was generated")


def _files(directory: Path, pattern: str) -> list[str]:
    found = sorted(str(each) for each in directory.rglob(pattern) if each.is_file())
    if not found:
        raise FailureError(f"no {pattern} was generated")
    return found


def _tsc(bench: Bench, source: Path) -> None:
    bench.run(
        *bench.script("tsc"),
        *("--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom,dom.iterable"),
        *("--module", "esnext", "--moduleResolution", "bundler", str(source)),
    )


def _parse(bench: Bench, grammar: str, language: str, pattern: str) -> None:
    # Imported when needed: the tests and the linters do without these packages.
    tree_sitter = importlib.import_module("tree_sitter")
    made = getattr(importlib.import_module(grammar), language)()
    parser = tree_sitter.Parser(tree_sitter.Language(made))
    for each in _files(bench.directory, pattern):
        if parser.parse(Path(each).read_bytes()).root_node.has_error:
            raise FailureError(f"{Path(each).name} cannot be parsed")
