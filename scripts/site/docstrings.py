"""Objects of Python as the directives of Sphinx that describe them.

Sphinx's autodoc shows an attrs class as the methods that attrs makes, its fields once with their
types and once with their texts, and neither with their defaults. This shows each field once.
"""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import TYPE_CHECKING, get_type_hints

import attrs
from sphinx.ext.napoleon.docstring import GoogleDocstring
from sphinx.pycode import ModuleAnalyzer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

_SECTIONS = re.compile(r"^Args:.*", re.MULTILINE | re.DOTALL)
_FIELDS = re.compile(r"^Attributes:\n((?:    .*\n?|\n)*)", re.MULTILINE)
_FIELD = re.compile(r"^    (\w+): (.*\n?(?: {8}.*\n?)*)", re.MULTILINE)
_PROMPT = re.compile(r"^(\s*)(?:>>>|\.\.\.) ?")
_QUALIFIED = re.compile(r"\bmipos_client\b[\w.]*\.(\w+)")
_PLAIN = re.compile(r"\b(?:builtins|collections\.abc|decimal|typing)\.")
_PACKAGE = "mipos_client"
_UNLISTED = "no-contents-entry:"
# What a reader knows of every class, or of every error.
_UNSAID = {"object", "BaseException", "Exception", "Generic"}
# A protocol that asks for less than an order has; callers meet the order alone.
_PUBLIC = {"PushedOrder": "OrderPush"}


def attribute_texts(module: str) -> dict[tuple[str, str], str]:
    """Return the text below each attribute of a module and its classes, on one line.

    A key is the name of the class, or nothing, and that of the attribute.
    """
    found = ModuleAnalyzer.for_module(module).find_attr_docs()
    return {key: " ".join(" ".join(lines).split()) for key, lines in found.items()}


class Book:
    """Describes objects that have places in public modules.

    Args:
        places: The public module of each object, by its name.
        written_in: The module with the text of what is neither class nor function, by its name.
    """

    def __init__(self, places: Mapping[str, str], written_in: Mapping[str, str]) -> None:
        self._places = places
        self._written_in = written_in
        self._objects = {name: getattr(import_module(at), name) for name, at in places.items()}
        # Python tells an alias as what it stands for.
        self._aliases = {
            inspect.formatannotation(self._objects[name]): name
            for name in written_in
            if name in places and not isinstance(self._objects[name], str)
        }

    def family(self, name: str) -> list[str]:
        """Return the names of an error and of all that derive from it, from the general down."""
        below = [each for child in self._children(name) for each in self.family(child)]
        return [name, *below]

    def tree(self, name: str) -> str:
        """Return an error and all that derive from it, as a Markdown list in a list."""
        return "\n".join(self._branches(name, ""))

    def _branches(self, name: str, indent: str) -> Iterator[str]:
        added = [f"`{each}`" for each, *_ in self._fields(self._objects[name])]
        adds = f" Adds {', '.join(added)}." if added else ""
        summary = _documentation(self._objects[name]).partition("\n\n")[0].replace("\n", " ")
        yield f"{indent}- [{name}](#{self._places[name]}.{name}): {summary}{adds}"
        for child in self._children(name):
            yield from self._branches(child, f"{indent}  ")

    def _children(self, name: str) -> list[str]:
        return [each for each in self._objects if self._bases(self._objects[each])[:1] == [name]]

    def _bases(self, shown: object) -> list[str]:
        """Return what a class is besides itself, but for what is private."""
        bases = shown.__mro__[1:] if isinstance(shown, type) else ()
        return [
            each.__name__ if each.__name__ in self._places else inspect.formatannotation(each)
            for each in bases
            if each.__name__ not in _UNSAID and not self._is_private(each)
        ]

    def _is_private(self, each: type) -> bool:
        return each.__module__.startswith(_PACKAGE) and each.__name__ not in self._places

    def shown(self, name: str, methods: Collection[str] = (), *, whole: bool = True) -> str:
        """Return the directives that describe an object.

        Args:
            name: Its name.
            methods: Those of its methods that are described with it.
            whole: Whether its arguments, which another class has too, are described.
        """
        each, module = self._objects[name], self._places[name]
        if name in self._written_in:
            text = attribute_texts(self._written_in[name])["", name]
            kind, value = ("data", f"value: {each!r}")
            if not isinstance(each, str):
                kind, value = ("type", f"canonical: {self._typed(each, alias=False)}")
            lines = _directive(kind, name, _restructured(text), f"module: {module}", value)
        elif not isinstance(each, type):
            lines = _directive(
                "function", f"{name}{self._signature(each)}", _body(each), f"module: {module}"
            )
        else:
            lines = self._class(name, each, module, methods, whole=whole)
        return "\n".join(["```{eval-rst}", *lines, "```"])

    def _class(
        self, name: str, each: type, module: str, methods: Collection[str], *, whole: bool
    ) -> list[str]:
        is_error = issubclass(each, Exception)
        bases = ", ".join(
            f":py:class:`{_linked(base, self._places)}`" for base in self._bases(each)
        )
        inner = [f"Bases: {bases}.", ""] if bases else []
        inner += _body(each, whole=whole)
        for field, kind, default, text in self._fields(each):
            options = [f"type: {kind}", *([f"value: {default}"] if default else [])]
            inner += _directive("attribute", field, _restructured(text), *options, _UNLISTED)
        for method in methods:
            found = inspect.getattr_static(each, method)
            options = ["async:"] if inspect.iscoroutinefunction(found) else []
            inner += _directive("method", method + self._signature(found), _body(found), *options)
        # Others are made by the client, or have fields that say it.
        signature = self._signature(each) if "\nArgs:\n" in _documentation(each) else ""
        return _directive(
            "exception" if is_error else "class", name + signature, inner, f"module: {module}"
        )

    def _fields(self, each: type[object]) -> Iterator[tuple[str, str, str, str]]:
        """Yield each field that a class adds: its name, type, default (or nothing) and text."""
        texts = {
            field: text
            for (owner, field), text in attribute_texts(each.__module__).items()
            if owner == each.__name__
        }
        if section := _FIELDS.search(_documentation(each)):
            texts |= {name: " ".join(text.split()) for name, text in _FIELD.findall(section[1])}
        types, defaults = get_type_hints(each), dict[str, object]()
        if issubclass(each, Exception) and "__init__" in vars(each):
            types = get_type_hints(inspect.getattr_static(each, "__init__"))
        if attrs.has(each):
            defaults = {field.name: field.default for field in attrs.fields(each)}
        for name, text in texts.items():
            default = defaults.get(name, attrs.NOTHING)
            value = getattr(default, "factory", lambda given=default: given)()
            yield (
                name,
                self._typed(types[name]),
                "" if value is attrs.NOTHING else repr(value),
                text,
            )
        for base in each.__mro__:
            # What a private base adds is met in the public class.
            if base is not each and not self._is_private(base):
                break
            for name, found in vars(base).items():
                if isinstance(found, property):
                    kind = get_type_hints(found.fget)["return"]
                    yield name, self._typed(kind), "", " ".join(_documentation(found).split())

    def _signature(self, shown: Callable[..., object]) -> str:
        signature = inspect.signature(shown)
        kept = [each for each in signature.parameters.values() if each.name != "self"]
        signature = signature.replace(parameters=kept)
        if isinstance(shown, type):
            signature = signature.replace(return_annotation=inspect.Signature.empty)
        return self._public(str(signature))

    def _typed(self, annotation: object, *, alias: bool = True) -> str:
        return self._public(inspect.formatannotation(annotation), alias=alias)

    def _public(self, text: str, *, alias: bool = True) -> str:
        """Return types with public names only, each with what makes it a link."""
        for written, name in self._aliases.items() if alias else ():
            text = text.replace(written, f"mipos_client.{name}")
        text = _QUALIFIED.sub(lambda match: _linked(match[1], self._places), text)
        return _PLAIN.sub("", text)


def _linked(name: str, places: Mapping[str, str]) -> str:
    name = _PUBLIC.get(name, name)
    return f"~{places[name]}.{name}" if name in places else name


def _documentation(shown: object) -> str:
    return inspect.getdoc(shown) or ""


def _body(shown: object, *, whole: bool = True) -> list[str]:
    """Return a docstring without its fields, as reStructuredText."""
    text = _FIELDS.sub("", _documentation(shown))
    text = text if whole else _SECTIONS.sub("", text)
    return [*str(GoogleDocstring(_restructured(text))).splitlines(), ""]


def _directive(kind: str, signature: str, body: list[str], *options: str) -> list[str]:
    told = [f".. py:{kind}:: {signature}", *(f"   :{option}" for option in options)]
    return [*told, "", *(f"   {line}".rstrip() for line in body), ""]


def _restructured(text: str) -> list[str]:
    """Return a docstring with its code marked as reStructuredText marks it.

    Docstrings have the backticks and the indented blocks of Markdown, and samples with prompts,
    which a reader would copy.
    """
    found = list[str]()
    for line in text.splitlines():
        before = next((each for each in reversed(found) if each), " ")
        if line.startswith("    ") and found[-1:] == [""] and not before.startswith(" "):
            found += ["::", ""]
        if prompt := _PROMPT.match(line):
            if line.lstrip().startswith(">>>"):
                found += [f"{prompt[1]}::", ""]
            found.append(f"{prompt[1]}    {line[prompt.end() :]}")
            continue
        found.append(re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", line))
    return found
