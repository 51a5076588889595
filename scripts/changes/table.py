"""Every rule; docs/changes.md shows them as a table.

`sent` is what a POS sends: requests to `paths`, and its answers to pushes. `received` is what it
receives: the answers of `paths`, and pushes. Whoever sends less than before breaks nobody, but an
implementation that still sends it is wrong now; whoever sends more can break the other side. So the
four cases of narrower and wider, sent and received, break the POS and the platform crosswise.
"""

from __future__ import annotations

from scripts.changes.rules import Effect, Rule

POS, PLATFORM = Effect.POS, Effect.PLATFORM
NOBODY, NOTHING = Effect.NOBODY, Effect.NOTHING

# Of each constraint: what narrower and wider mean, and an example of each, sent and received.
CONSTRAINTS = {
    "type": (
        "fewer types or alternatives",
        "more types or alternatives",
        ("`delivery_id` no longer takes a number", "`delivery_id` takes a number too"),
        ("`data` is no longer null at times", "`data` can be null"),
    ),
    "values": (
        "fewer values by `enum` or `const`",
        "more values by `enum` or `const`",
        ("`Menu` leaves the types of a webhook", "the types of a webhook get a third"),
        ("`data` becomes `const: null`", "`const: null` goes from `data`"),
    ),
    "limit": (
        "a closer limit of length, count, size or step",
        "a wider limit, or one less",
        ("`maxLength` of a URL from 2048 to 255", "`maxLength` of an id from 255 to 500"),
        ("`maxItems: 1` for `message`", "`minItems: 1` goes from `message`"),
    ),
    "format": (
        "a `pattern`, `format` or encoding where there was none",
        "a `pattern`, `format` or encoding less",
        ("a pattern for `store_id`", "no pattern for URLs any more"),
        ("`format: date-time` for `created_at`", "no `format: uri` for a listed URL"),
    ),
    "object": (
        "other properties ruled out (`additionalProperties`)",
        "other properties let in (`additionalProperties`)",
        ("unknown fields of a request are refused", "unknown fields of a request are ignored"),
        ("an order has no other fields", "the 422 can name other fields"),
    ),
    "security": (
        "a way to authenticate less, or a scope more",
        "a way to authenticate more, or a scope less",
        ("a token for a call that needed none", "a key instead of the token as well"),
        ("pushes carry a token", "pushes may come without their token"),
    ),
}


def constraints() -> dict[str, Rule]:
    """Return the rules of `CONSTRAINTS`, for each direction."""
    rules = dict[str, Rule]()
    for name, (narrowed, widened, sent, received) in CONSTRAINTS.items():
        for direction, examples, effects in (
            ("sent", sent, (POS, PLATFORM)),
            ("received", received, (PLATFORM, POS)),
        ):
            one, other = (f"{direction}-{name}-{way}" for way in ("narrowed", "widened"))
            rules[one] = Rule(narrowed, effects[0], examples[0], (other,))
            rules[other] = Rule(widened, effects[1], examples[1], (one,))
    return rules


OPERATIONS = {
    "operation-removed": Rule(
        "an operation goes", POS, "`listWebhooks` is no longer described", ("operation-added",)
    ),
    "operation-added": Rule("an operation comes", NOBODY, "`denyOrder`", ("operation-removed",)),
    "operation-moved": Rule(
        "an operation with the same `operationId` has another path or method",
        POS,
        "`acceptOrder` from `/api/v1/…` to `/api/v2/…`",
    ),
    "webhook-renamed": Rule(
        "a webhook has another name: the function of generated code that reads it, too",
        POS,
        "`order` is called `newOrder`",
    ),
    "operation-id": Rule(
        "another `operationId`: the method of generated code has another name",
        POS,
        "`acceptOrder` becomes `confirmOrder`",
    ),
    "names": Rule(
        "generated code has another name for a group (the first tag of an operation), or for the "
        "class of a schema (its `title`, or else its name below `components`)",
        POS,
        "the schema `Webhook` is called `WebhookItem`",
    ),
    "deprecated": Rule(
        "`deprecated` comes, goes or changes", NOBODY, "`deleteWebhook` is deprecated"
    ),
    "server-removed": Rule(
        "an address goes", POS, "the production host has another name", ("server-added",)
    ),
    "server-added": Rule("an address comes", NOBODY, "a host for trials", ("server-removed",)),
    "server-first": Rule(
        "another address, known before, is the first: generated code takes that one",
        POS,
        "the mock stands before production",
    ),
    "security-scheme": Rule(
        "a scheme in use works otherwise", POS, "the token travels in a header of its own"
    ),
    "serialization": Rule(
        "another form of a parameter or header on the wire (`style`, `explode`, …)",
        POS,
        "`explode: false` for a list in a query",
    ),
    "serialization-platform": Rule(
        "the same, for the other side, which has sent or read the old form",
        PLATFORM,
        "the same",
    ),
}
FIELDS = {
    "sent-field-added": Rule(
        "an optional property, parameter, header or body comes",
        NOBODY,
        "`createWebhook` takes a `name`",
        ("sent-field-removed",),
    ),
    "sent-field-removed": Rule(
        "a property, parameter, header or body goes",
        POS,
        "`createWebhook` takes no `type`",
        ("sent-field-added", "sent-closed-field-added", "sent-required-added"),
    ),
    "sent-closed-field-added": Rule(
        "a property comes where others were ruled out",
        PLATFORM,
        "the same, had unknown fields been refused",
        ("sent-field-removed",),
    ),
    "sent-required-added": Rule(
        "something is required now, be it new or not",
        POS,
        "`createWebhook` needs a `type`",
        ("sent-required-removed", "sent-field-removed"),
    ),
    "sent-required-removed": Rule(
        "something that stays is no longer required",
        PLATFORM,
        "`acceptOrder` can do without `store_id`",
        ("sent-required-added",),
    ),
    "received-field-added": Rule(
        "an optional property, parameter or header comes",
        NOBODY,
        "a listed webhook may have a `type`",
        ("received-field-removed",),
    ),
    "received-field-removed": Rule(
        "a property, parameter, header or body goes",
        POS,
        "an order has no `customer`",
        ("received-field-added", "received-closed-field-added", "received-required-added"),
    ),
    "received-closed-field-added": Rule(
        "a property comes where others were ruled out",
        POS,
        "the 422 of `createWebhook` can name `name`",
        ("received-field-removed",),
    ),
    "received-required-added": Rule(
        "something always comes now, be it new or not",
        PLATFORM,
        "a listed webhook always has a `type`",
        ("received-required-removed", "received-field-removed"),
    ),
    "received-required-removed": Rule(
        "something that stays can be absent",
        POS,
        "an order may lack its `customer`",
        ("received-required-added",),
    ),
}
ANSWERS = {
    "sent-content-added": Rule(
        "a content type comes",
        PLATFORM,
        "`updateWebhook` takes `application/json` too",
        ("sent-content-removed",),
    ),
    "sent-content-removed": Rule(
        "a content type goes",
        POS,
        "`updateWebhook` no longer takes `application/jsonc`",
        ("sent-content-added",),
    ),
    "received-content-added": Rule(
        "a content type comes, or a body where there was none",
        POS,
        "the 401 can be `text/html`",
        ("received-content-removed",),
    ),
    "received-content-removed": Rule(
        "a content type goes, or the body",
        POS,
        "the 401 has no body",
        ("received-content-added",),
    ),
    "sent-success-added": Rule(
        "a POS may answer with a further success",
        PLATFORM,
        "202 for an order",
        ("sent-success-removed",),
    ),
    "sent-success-removed": Rule(
        "a success that a POS answers with counts no more",
        POS,
        "200 for an order goes",
        ("sent-success-added",),
    ),
    "received-success-added": Rule(
        "a further success, 1xx to 3xx", POS, "202 of `acceptOrder`", ("received-success-removed",)
    ),
    "received-success-removed": Rule(
        "a success goes", POS, "201 of `createWebhook`", ("received-success-added",)
    ),
    "sent-error-added": Rule(
        "a POS may answer with a further error", NOBODY, "503 for an order", ("sent-error-removed",)
    ),
    "sent-error-removed": Rule(
        "an error that a POS answers with is foreseen no more",
        POS,
        "4XX for an order goes",
        ("sent-error-added",),
    ),
    "received-error-added": Rule(
        "a further error, 4xx, 5xx or `default`: who does not know it treats it by its first digit",
        NOBODY,
        "429 of `listWebhooks`",
        ("received-error-removed",),
    ),
    "received-error-removed": Rule(
        "an error goes, and its class in generated code",
        POS,
        "409 of `createWebhook`",
        ("received-error-added",),
    ),
}
VALUES = {
    "message-added": Rule(
        "a text comes (`x-extensible-enum`)",
        NOBODY,
        "`Webhook limit reached` in a 409",
        ("message-removed",),
    ),
    "message-removed": Rule(
        "a text goes (`x-extensible-enum`)",
        POS,
        "`Order not found.` is no longer listed",
        ("message-added",),
    ),
    "message-reworded": Rule(
        "a text becomes a similar one (`x-extensible-enum`)",
        POS,
        "`Order not found.` becomes `Order was not found.`",
    ),
    "format-changed": Rule(
        "another `pattern`, `format` or encoding; which values it lets in is not compared",
        POS,
        "URLs may have a user name",
    ),
    "default": Rule("another `default`", POS, "a webhook without a type is one for `Menu`"),
}
WORDS = {
    "words": Rule(
        "a description, summary, licence, contact or comment, or the title of no class",
        NOTHING,
        "a clearer description",
    ),
    "example": Rule("an example", NOTHING, "another URL in an example"),
    "source": Rule(
        "`x-source`, `x-assumption`, `x-documents`, `x-evidence`",
        NOTHING,
        "a page was found for what was assumed",
    ),
    "tags": Rule(
        "a tag, but for the first of an operation", NOTHING, "what `Orders` are is described"
    ),
    "version": Rule("`info.version`", NOTHING, "0.2.0 becomes 0.3.0"),
    "rewritten": Rule(
        "the same contract, written otherwise: moved below `components`, in another order, a "
        "default spelled out, or a component that nothing uses",
        NOTHING,
        "a 409 is moved to `components/responses`",
    ),
}
REST = {
    "dialect": Rule(
        "`openapi` or `jsonSchemaDialect`: tools may not read it", POS, "3.1.0 becomes 3.2.0"
    ),
    "other": Rule(
        "anything else that differs; look at it, and give it a rule", POS, "`oneOf` gets `not`"
    ),
}
RULES: dict[str, Rule] = {
    **OPERATIONS,
    **FIELDS,
    **constraints(),
    **ANSWERS,
    **VALUES,
    **WORDS,
    **REST,
}
CLASSES = "| rule | what changes | in `paths` | in `webhooks` | example |\n|---|---|---|---|---|\n"


def markdown() -> str:
    """Return the rules as the table of docs/changes.md."""
    return CLASSES + "".join(
        f"| `{name}` | {rule.what} | {rule.change('paths')} | {rule.change('webhooks')} "
        f"| {rule.example} |\n"
        for name, rule in RULES.items()
    )
