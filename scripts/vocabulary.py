"""What templates ask about the document and about what the generator made of it."""

from __future__ import annotations

import keyword
import textwrap
from http import HTTPStatus
from typing import TYPE_CHECKING

from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.strings import safe_for_docstring

from scripts import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from openapi_python_client.parser import GeneratorData
    from openapi_python_client.parser.openapi import Endpoint, EndpointCollection
    from openapi_python_client.parser.properties import Property

_FIRST_ERROR = 400
_LINE = 88
# Where callers would look for another name than that of the status.
ERROR_NAMES = {401: "AuthenticationError", 422: "ValidationError"}
BASE_ERRORS = (
    *("ConfigurationError", "MiposError", "PushDecodeError", "ResponseDecodeError"),
    *("ResponseError", "SignatureError", "StatusError", "TimeoutError", "TransportError"),
    "UnexpectedStatusError",
)
FROM_ROOT = "..."


class Vocabulary:
    """What templates may ask. Each public method is a function there.

    Args:
        document: The document, as loaded.
        data: What the generator made of it.
    """

    def __init__(self, document: catalogue.Node, data: GeneratorData) -> None:
        self._document = document
        self._endpoints = [
            endpoint
            for collection in data.endpoint_collections_by_tag.values()
            for endpoint in collection.endpoints
        ]

    def functions(self) -> dict[str, Callable[..., object]]:
        """Return the functions by their names in templates."""
        return {
            name: getattr(self, name)
            for name in dir(self)
            if not name.startswith("_") and name != "functions"
        }

    def operation(self, endpoint: Endpoint) -> catalogue.Node:
        """Return an operation as the document writes it."""
        path: catalogue.Node = self._document["paths"][endpoint.path.get_untrusted_value()]
        operation: catalogue.Node = path[endpoint.method]
        return operation

    def tag_of(self, collection: EndpointCollection) -> catalogue.Node:
        """Return the tag of a collection as the document writes it."""
        name = self.operation(collection.endpoints[0])["tags"][0]
        return next(tag for tag in self._document["tags"] if tag["name"] == name)

    def verb(self, endpoint: Endpoint) -> str:
        """Return the name of an operation within its tag: `create` of `create_webhook`."""
        return endpoint.name.split("_")[0]

    def shadows_list(self, collection: EndpointCollection) -> bool:
        """Return whether `list` is a method in a tag's class, and hides the type of that name."""
        return "list" in {self.verb(endpoint) for endpoint in collection.endpoints}

    def attribute(self, prop: Property) -> str:
        """Return the name of a property, which Python has to be able to use as it is."""
        name = prop.name.get_untrusted_value()
        if not name.isidentifier() or keyword.iskeyword(name):
            raise ValueError(f"property {name!r} is no Python name; teach the templates about it")
        return name

    def successes(self, endpoint: Endpoint) -> dict[int, Property]:
        """Return what each successful status of an operation holds."""
        return {status: prop for status, prop in self._statuses(endpoint) if status < _FIRST_ERROR}

    def returned_type(self, endpoint: Endpoint) -> str:
        """Return the Python type of what a success holds."""
        types = {
            prop.get_type_string().as_unembedded_code()
            for prop in self.successes(endpoint).values()
        }
        if len(types) != 1:
            raise ValueError(f"{endpoint.name} has {len(types)} kinds of success, not one")
        return types.pop()

    def returned_imports(self, endpoint: Endpoint) -> list[str]:
        """Return the imports that `returned_type` needs."""
        return _imports(self.successes(endpoint).values())

    def returned_description(self, endpoint: Endpoint) -> str:
        """Return what a success means."""
        (status, *_) = self.successes(endpoint)
        response = self.operation(endpoint)["responses"][str(status)]
        return str(catalogue.resolve(self._document, response)["description"])

    def returned_models(self) -> list[str]:
        """Return the names of all types that callers of operations meet."""
        lines = [
            line
            for endpoint in self._endpoints
            for line in (*self.returned_imports(endpoint), *_imports(self.arguments(endpoint)))
        ]
        return sorted({line.split()[3] for line in lines})

    def resource_imports(self, collection: EndpointCollection) -> list[str]:
        """Return the imports that the methods of a tag need."""
        lines = set[str]()
        for endpoint in collection.endpoints:
            lines |= set(self.returned_imports(endpoint))
            lines |= set(_imports(self.arguments(endpoint)))
            lines |= set(_imports(body.prop for body in endpoint.bodies))
        return sorted(lines)

    def errors_of(self, endpoint: Endpoint) -> dict[int, str]:
        """Return the class of each error status of an operation."""
        return {
            status: error_name(status)
            for status, _ in self._statuses(endpoint)
            if status >= _FIRST_ERROR
        }

    def error_statuses(self) -> dict[int, str]:
        """Return the class of each error status of the document."""
        found = {k: v for each in self._endpoints for k, v in self.errors_of(each).items()}
        return dict(sorted(found.items()))

    def error_names(self) -> list[str]:
        """Return the names of all errors of the client."""
        return sorted([*BASE_ERRORS, *self.error_statuses().values()])

    def names_fields(self, status: int) -> bool:
        """Return whether the body of an error names the fields at fault."""
        schemas = [
            catalogue.body_schema(self._document, operation["responses"][str(status)])
            for _, _, operation in catalogue.operations(self._document)
            if str(status) in operation["responses"]
        ]
        # The other form is an envelope, all of which is required. A field can be called `message`.
        return all(
            schema.get("type") == "object" and not schema.get("required") for schema in schemas
        )

    def responses_with(self, status: int) -> list[tuple[str, str]]:
        """Return the operationIds that list a status, by its description."""
        by_description = dict[str, list[str]]()
        for _, _, operation in catalogue.operations(self._document):
            if response := operation["responses"].get(str(status)):
                description = catalogue.resolve(self._document, response)["description"]
                by_description.setdefault(description, []).append(operation["operationId"])
        return [(", ".join(names), description) for description, names in by_description.items()]

    def refusal(self, endpoint: Endpoint, status: int) -> str:
        """Return what an error status means, with the documented texts that it can carry."""
        response = self.operation(endpoint)["responses"][str(status)]
        description = catalogue.resolve(self._document, response)["description"]
        schema = catalogue.body_schema(self._document, response)
        found = dict.fromkeys(
            f'"{text}"' for text, assumed in catalogue.texts(self._document, schema) if not assumed
        )
        return f"The status is {status}. {description} Texts: {', '.join(found)}"

    def about(self, endpoint: Endpoint, prop: Property) -> str:
        """Return what an argument means, with its limits."""
        holder = self.operation(endpoint)["requestBody"]
        schema = catalogue.body_schema(self._document, holder)
        written = schema["properties"][prop.name.get_untrusted_value()]
        limits = catalogue.limits(self._document, written)
        return " ".join(filter(None, [self._meaning(written), limits]))

    def meaning(self, model: ModelProperty, prop: Property) -> str:
        """Return what a property of a model means."""
        schema = self._document["components"]["schemas"][model.class_info.name]
        return self._meaning(schema["properties"][prop.name.get_untrusted_value()])

    def _meaning(self, written: catalogue.Node) -> str:
        referred = catalogue.resolve(
            self._document, {key: written[key] for key in ("$ref", "allOf") if key in written}
        )
        here, there = (each.get("description", "").strip() for each in (written, referred))
        # One of the two often begins as the other.
        parts = [*([] if there.startswith(here.rstrip(".")) else [here]), there]
        return " ".join(filter(None, parts))

    def arguments(self, endpoint: Endpoint) -> list[Property]:
        """Return the properties of the body of an operation, which become its arguments."""
        found = list["Property"]()
        for body in endpoint.bodies:
            if not isinstance(body.prop, ModelProperty):
                raise TypeError(f"the body of {endpoint.name} is no object; the client needs one")
            found += _properties(body.prop)
        return found

    def example(self, endpoint: Endpoint, is_async: bool) -> str:  # noqa: FBT001  a template's call
        """Return a call with the first example of the document, as a doctest writes it."""
        call = f"mipos.{endpoint.tags[0]}.{self.verb(endpoint)}"
        values: dict[str, object] = {}
        for media in self.operation(endpoint).get("requestBody", {}).get("content", {}).values():
            values = next(iter(media["examples"].values()))["value"]
        arguments = [f"{name}={_quoted(value)}" for name, value in values.items()]
        line = f">>> {'await ' if is_async else ''}{call}({', '.join(arguments)})"
        if len(line) <= _LINE:
            return line
        inner = "".join(f"\n...     {argument}," for argument in arguments)
        return f">>> {'await ' if is_async else ''}{call}({inner}\n... )"

    def docstring(self, value: object, indent: int = 0) -> str:
        """Return a text as a docstring's content: its first sentence, a blank line, the rest."""
        text = " ".join(safe_for_docstring(value).split())
        if len(text) <= _LINE - indent:
            return text
        summary, _, rest = text.partition(". ")
        lines = textwrap.wrap(rest, 96 - indent, break_long_words=False, break_on_hyphens=False)
        return f"\n{' ' * indent}".join([f"{summary.rstrip('.')}.", "", *lines, ""])

    def messages(self) -> list[catalogue.Message]:
        """Return every text that answers can hold."""
        return catalogue.messages(self._document)

    def pushes(self) -> list[dict[str, str]]:
        """Return the name, the model and the summary of each push."""
        found = list[dict[str, str]]()
        for name, _, operation in catalogue.operations(self._document, "webhooks"):
            (media,) = operation["requestBody"]["content"].values()
            model = media["schema"]["$ref"].rsplit("/", 1)[1]
            summary = operation["summary"][0].lower() + operation["summary"][1:]
            found.append({"name": name, "model": model, "summary": summary})
        return found

    def signature_header(self) -> str:
        """Return the name of the header that all pushes require."""
        names = {
            str(catalogue.resolve(self._document, parameter)["name"])
            for _, _, operation in catalogue.operations(self._document, "webhooks")
            for parameter in operation["parameters"]
        }
        if len(names) != 1:
            raise ValueError(f"the pushes require {len(names)} headers, not one: {sorted(names)}")
        return names.pop()

    def is_push(self, model: ModelProperty) -> bool:
        """Return whether a model is the body of a push."""
        return model.class_info.name in {push["model"] for push in self.pushes()}

    def model_imports(self, model: ModelProperty) -> list[str]:
        """Return the imports that the properties of a model need."""
        return _imports(_properties(model), prefix="..")

    def _statuses(self, endpoint: Endpoint) -> list[tuple[int, Property]]:
        found = list[tuple[int, "Property"]]()
        for response in endpoint.responses:
            status = response.status_code
            if status.range is None or status.is_range():
                raise ValueError(
                    f"{endpoint.name} lists the status {status.pattern}; the client needs numbers"
                )
            found.append((status.range[0], response.prop))
        return sorted(found, key=lambda each: each[0])


def error_name(status: int) -> str:
    """Return the name of the class for a status."""
    if status in ERROR_NAMES:
        return ERROR_NAMES[status]
    return f"{HTTPStatus(status).phrase.title().replace(' ', '').replace('-', '')}Error"


def _properties(model: ModelProperty) -> list[Property]:
    return [*(model.required_properties or ()), *(model.optional_properties or ())]


def _imports(properties: Iterable[Property], prefix: str = FROM_ROOT) -> list[str]:
    lines = set[str]()
    for prop in properties:
        lines |= prop.get_imports(prefix=prefix) | prop.get_lazy_imports(prefix=prefix)
    # Without what the generator's own templates need beside a type.
    return sorted(line for line in lines if "models." in line and " import check_" not in line)


def _quoted(value: object) -> str:
    return '"' + value.replace('"', '\\"') + '"' if isinstance(value, str) else repr(value)
