// Faults: those that are set, and the dialog that sets one.

import { get, post, query, remove } from "./api.js";
import { attempt, button, byId, choose, el, fill, icon, rebuild } from "./dom.js";
import { changed, now, shownAccounts } from "./state.js";

const dialog = byId("fault-dialog");
const form = byId("fault");
const USUAL = "409"; // the status that is chosen first
let known = null; // kinds and documented errors, once they were asked for

const times = (fault) => {
  if (fault.times === null) return "until removed";
  return fault.times === 1 ? "once" : `${fault.times} times`;
};

const removeIt = (values) => (event) =>
  attempt(event.currentTarget, byId("faults-told"), async () => {
    const { removed } = await remove(`faults${query(values)}`);
    changed();
    byId("faults-title").focus();
    return `Removed: ${removed}.`;
  });

const cells = (fault) => {
  const what = [fault.status, fault.message].filter((each) => each !== null).join(" ");
  const facts = [
    what,
    fault.seconds === null ? "" : `${fault.seconds} s`,
    fault.operation ?? "",
    fault.account,
    times(fault),
  ].filter((each) => each !== "");
  return [
    el(
      "div",
      { class: "row" },
      el(
        "span",
        { class: "open" },
        el("span", { class: "name" }, fault.kind),
        el("span", { class: "soft" }, facts.join(" · ")),
      ),
      button(icon("close"), "remove", removeIt({ id: fault.id }), {
        class: "square",
        title: "Remove",
        "aria-label": `Remove fault ${fault.id}: ${fault.kind}`,
      }),
    ),
  ];
};

export const show = (state) => {
  fill(
    byId("faults"),
    state.faults,
    (fault) => fault.id,
    () => el("li"),
    (row, fault) => rebuild(row, cells(fault)),
  );
  byId("faults-none").hidden = state.faults.length > 0;
  byId("faults-clear").hidden = state.faults.length < 2;
};

const kindOf = () => known.kinds.find((kind) => kind.kind === form.elements.kind.value);

const errors = () =>
  known.errors.filter((error) => ["", error.operation].includes(form.elements.operation.value));

const options = (values, any) => [
  ...(any === undefined ? [] : [["", any]]),
  ...[...new Set(values)].map((value) => [String(value), String(value)]),
];

// Offers the fields of the kind, and only what is documented for what was chosen before.
const adapt = () => {
  for (const label of byId("fault-fields").children) {
    label.hidden = !kindOf().fields.includes(label.dataset.field);
  }
  const statuses = errors().map((error) => error.status);
  choose(form.elements.status, options([...new Set(statuses)].sort()));
  const status = Number(form.elements.status.value);
  const messages = errors()
    .filter((error) => error.status === status)
    .flatMap((error) => error.messages);
  choose(form.elements.message, options(messages, "the first that is documented"));
  form.elements.times.disabled = form.elements.lasting.checked;
};

const choice = (kind) =>
  el(
    "label",
    {},
    el("input", { type: "radio", name: "kind", value: kind.kind }),
    el(
      "span",
      {},
      el("span", { class: "name" }, kind.kind),
      " ",
      el("span", { class: "soft" }, kind.text),
    ),
  );

const ask = async () => {
  if (known === null) {
    known = await get("faults/kinds");
    for (const on of ["call", "push"]) {
      byId(`${on}-kinds`).append(...known.kinds.filter((kind) => kind.on === on).map(choice));
    }
    form.elements.kind.value = known.kinds[0].kind;
    choose(form.elements.status, [[USUAL, USUAL]]);
    choose(
      form.elements.operation,
      options(
        known.errors.map((error) => error.operation),
        "any",
      ),
    );
  }
  choose(
    form.elements.account,
    shownAccounts().map(({ name }) => [name, name]),
  );
  adapt();
  form.querySelector(".told").textContent = "";
  dialog.showModal();
};

const set = async () => {
  const { elements } = form;
  const values = {
    kind: elements.kind.value,
    account: elements.account.value,
    times: elements.lasting.checked ? null : Number(elements.times.value),
  };
  for (const name of kindOf().fields) {
    const { value } = elements[name];
    if (value !== "") values[name] = ["status", "seconds"].includes(name) ? Number(value) : value;
  }
  await post("faults", values);
  changed();
  dialog.close();
};

export const start = () => {
  byId("fault-open").addEventListener("click", (event) =>
    attempt(event.currentTarget, byId("faults-told"), ask),
  );
  byId("fault-cancel").addEventListener("click", () => dialog.close());
  byId("faults-clear").addEventListener("click", (event) =>
    removeIt({ account: now.account })(event),
  );
  form.addEventListener("change", adapt);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(event.submitter, form.querySelector(".told"), set);
  });
};
