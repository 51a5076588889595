"""The API reference: a page for each operation, one for the pushes, one for the schemas."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from scripts.catalogue import Node, operations, resolve
from scripts.site import facts, fields
from scripts.site.samples import calls

if TYPE_CHECKING:
    from collections.abc import Iterator

# In the site, the document lies beside the pages.
DOCUMENT = '<a href="files/openapi.yaml"><code>openapi.yaml</code></a>'
# What must have been done on a fresh mock before a sample of an operation succeeds.
NEEDS = {"updateWebhook": "createWebhook", "deleteWebhook": "createWebhook"}


def pages(document: Node) -> dict[str, str]:
    """Return the pages of the reference by their names."""
    found = {"reference": _overview(document)}
    for path, method, operation in operations(document):
        found[operation["operationId"]] = _joined(_operation(document, path, method, operation))
    found["pushes"] = _joined(_pushes(document))
    found["schemas"] = _joined(_schemas(document))
    return found


def _joined(parts: Iterator[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _overview(document: Node) -> str:
    info = document["info"]
    about, heading, further = info["description"].partition("\n## ")
    parts = [
        *("# API reference", info["summary"], about.strip()),
        f"Version {info['version']} of the document, whose source is {DOCUMENT}.",
    ]
    for tag in document["tags"]:
        parts += [f"## {tag['name']}", tag["description"]]
        parts += ["\n".join(_links(document, tag["name"]))]
    parts += ["## Servers"]
    parts += [
        "\n".join(f"- `{each['url']}`: {each['description']}" for each in document["servers"])
    ]
    parts += ["## Access"]
    for scheme in document["components"]["securitySchemes"].values():
        parts += [scheme["description"].strip(), facts.supported(document, scheme)]
    parts += [f"{heading.strip()} {further.strip()}"]
    return "\n\n".join(parts) + "\n"


def _links(document: Node, tag: str) -> Iterator[str]:
    for path, method, operation in operations(document):
        if tag in operation["tags"]:
            name = operation["operationId"]
            yield f"- [{operation['summary']}]({name}.md): `{method.upper()} {path}`"
    for _, _, operation in operations(document, "webhooks"):
        if tag in operation["tags"]:
            anchor = operation["operationId"].lower()
            yield f"- [{operation['summary']}](pushes.md#{anchor})"


def _operation(document: Node, path: str, method: str, operation: Node) -> Iterator[str]:
    name = operation["operationId"]
    yield f"# {operation['summary']}"
    yield f'<p class="operation"><strong>{method.upper()}</strong> <code>{path}</code></p>'
    yield f"Operation `{name}`. {' '.join(operation['description'].split())}"
    yield facts.supported(document, operation)
    yield _security(document, operation)
    yield from _samples(document, name)
    yield from _request(document, operation)
    yield "## Answers"
    yield from _answers(document, operation)


def _security(document: Node, operation: Node) -> str:
    if not operation["security"]:
        return "**Access:** no token; the platform signs the request."
    names = [name for each in operation["security"] for name in each]
    schemes = [document["components"]["securitySchemes"][name] for name in names]
    return "**Access:** " + " ".join(each["description"].strip() for each in schemes)


def _samples(document: Node, name: str) -> Iterator[str]:
    call = calls(document)[name]
    yield "## Code samples"
    before = NEEDS.get(name)
    needs = f" that has the webhook of the [sample of {before}]({before}.md)" if before else ""
    yield f"They run against a [mock](mock.md) served with `mipos-mock serve`{needs}."
    yield f"With curl:\n\n```sh\n{call.curl()}\n```"
    yield f"With the [Python client](client.md):\n\n```python\n{call.python()}```"


def _request(document: Node, operation: Node) -> Iterator[str]:
    yield "## Request"
    for each in operation.get("parameters", ()):
        parameter = resolve(document, each)
        needed = "required" if parameter.get("required") else "optional"
        about = " ".join(parameter["description"].split())
        place = "Header" if parameter["in"] == "header" else parameter["in"].capitalize()
        yield f"{place} **`{parameter['name']}`**, {needed}: {about}"
        yield facts.supported(document, parameter)
        yield _why(document, parameter["schema"], parameter["name"])
        yield f"Example: `{parameter['example']}`"
    if "requestBody" not in operation:
        yield "No body."
        return
    body = resolve(document, operation["requestBody"])
    for media, described in body["content"].items():
        yield f"A body of type `{media}`, {'required' if body.get('required') else 'optional'}."
        yield from _body(document, described)


def _answers(document: Node, operation: Node) -> Iterator[str]:
    for status, response in operation["responses"].items():
        told = resolve(document, response)
        yield f"### {status} {_phrase(status)}".rstrip()
        yield " ".join(told["description"].split())
        yield facts.supported(document, told)
        yield _why_only(told)
        for media, described in told.get("content", {}).items():
            yield f"A body of type `{media}`."
            yield from _body(document, described)
        if not told.get("content"):
            yield "Nothing is demanded of the body."


def _phrase(status: str) -> str:
    return HTTPStatus(int(status)).phrase if status.isdigit() else "Refusal"


def _body(document: Node, media: Node) -> Iterator[str]:
    schema = media["schema"]
    whole = resolve(document, schema)
    name = facts.reference(schema)
    link = f"[{name}]({fields.SCHEMAS}#{name.lower()})" if name else "the body"
    about = " ".join(facts.described(document, schema).split())
    yield f"Schema {link}, {facts.type_of(document, schema)}: {about}"
    yield "\n".join(
        [
            *(f"- {each[0].upper()}{each[1:]}" for each in facts.limits(document, whole)),
            *fields.texts(document, whole),
        ]
    )
    yield fields.fields(document, schema)
    for each in media.get("examples", {}).values():
        example = resolve(document, each)
        yield f"Example: {' '.join(example['summary'].split())}\n\n{facts.block(example['value'])}"
    yield _why(document, schema)


def _why(document: Node, schema: Node, name: str = "") -> str:
    told = fields.reasons(document, schema, name)
    return f"What is {facts.MARK}, and why:\n\n{told}" if told else ""


def _why_only(node: Node) -> str:
    told = [" ".join(each.reason.split()) for each in facts.assumptions(node)]
    return f"{facts.MARK} {' '.join(told)}" if told else ""


def _pushes(document: Node) -> Iterator[str]:
    yield "# Pushes"
    tag = next(each for each in document["tags"] if each["name"] == "Pushes")
    yield f"{tag['description']} [Receiving pushes](receiving-pushes.md) has whole receivers."
    for name, method, operation in operations(document, "webhooks"):
        yield f"## {operation['operationId']}"
        yield (
            f'<p class="operation"><strong>{method.upper()}</strong> '
            f"<code>the URL of the webhook</code></p>"
        )
        yield f"Webhook `{name}`: {operation['summary'][0].lower()}{operation['summary'][1:]}."
        yield operation["description"].strip()
        yield facts.supported(document, operation)
        yield _security(document, operation)
        yield _why_only(operation)
        # One level below those of an operation, which has a page of its own.
        for part in (*_request(document, operation), "## Answers", *_answers(document, operation)):
            yield f"#{part}" if part.startswith("#") else part


def _schemas(document: Node) -> Iterator[str]:
    yield "# Schemas"
    yield "Every body, and what bodies are made of, by name."
    for name, schema in document["components"]["schemas"].items():
        yield f"## {name}"
        yield f"{' '.join(schema['description'].split())} Type: {facts.type_of(document, schema)}."
        yield facts.supported(document, schema)
        yield "\n".join(
            [
                *(f"- {each[0].upper()}{each[1:]}" for each in facts.limits(document, schema)),
                *fields.texts(document, schema),
            ]
        )
        yield fields.fields(document, schema)
        yield _why(document, schema, name)
