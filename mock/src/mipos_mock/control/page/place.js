// Placing orders.

import { post } from "./api.js";
import * as accounts from "./accounts.js";
import { attempt, button, byId, choose, el } from "./dom.js";
import { now, shownAccounts, shownStores } from "./state.js";

const form = byId("place");

const overridesOf = (text) => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Overrides are no JSON: ${error.message}`, { cause: error });
  }
};

// Only what was filled in is sent; the interface says what is wrong with it.
const wish = () => {
  const { elements } = form;
  const values = { scenario: elements.scenario.value, store_id: elements.store_id.value };
  for (const name of ["delivery_id", "order_external_id"]) {
    if (elements[name].value !== "") values[name] = elements[name].value;
  }
  if (elements.seed.value !== "") values.seed = Number(elements.seed.value);
  if (elements.overrides.value.trim() !== "")
    values.overrides = overridesOf(elements.overrides.value);
  if (!elements.push.checked) values.push = false;
  return values;
};

const place = async () => {
  const count = form.elements.count.value;
  if (count === "1" || count === "") {
    const order = await post("orders", wish());
    return `Placed: order ${order.order_external_id}.`;
  }
  const rate = Number(form.elements.per_second.value);
  const burst = await post("bursts", { ...wish(), count: Number(count), per_second: rate });
  return `${burst.count} orders come, ${burst.per_second} a second.`;
};

const owner = () =>
  shownAccounts().find((each) => each.stores.includes(form.elements.store_id.value));

// Says so when nobody would hear of an order.
const hint = () => {
  const account = owner();
  const deaf = account !== undefined && !account.webhooks.some((each) => each.type === "ORDER");
  const place = byId("unheard");
  if (place.hidden === !deaf && (!deaf || place.dataset.of === account.name)) return;
  place.hidden = !deaf;
  if (!deaf) return;
  place.dataset.of = account.name;
  place.replaceChildren(
    `${account.name} has no ORDER webhook yet, so its orders are pushed nowhere. `,
    button("Register one", "register", () => accounts.lead(account.name), { class: "link" }),
  );
};

export const show = (state) => {
  choose(form.elements.store_id, shownStores());
  const deliveries = state.deliveries.map((each) => el("option", { value: each.id }, each.status));
  if (byId("deliveries").childElementCount !== deliveries.length) {
    byId("deliveries").replaceChildren(...deliveries);
  }
  hint();
};

export const start = () => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(event.submitter, form.querySelector(".told"), place);
  });
  form.elements.store_id.addEventListener("change", () => now.state !== null && hint());
};
