// Orders, the newest first.

import { accept } from "./actions.js";
import { attempt, button, byId, el, fill, rebuild, say } from "./dom.js";
import { open } from "./details.js";
import { isTime, money, pill, plural, time } from "./format.js";
import { rove, settle } from "./rove.js";
import { LISTED } from "./state.js";

const told = new Map(); // what came of a button, by number of the order

const reach = (pushes) => {
  if (pushes.length === 0) return el("span", { class: "soft" }, "not pushed");
  const last = pushes.at(-1);
  const more = pushes.length > 1 ? `, ${plural(pushes.length, "push").replace(/s$/, "es")}` : "";
  const tries = last.attempts > 1 ? `, ${last.attempts} tries` : "";
  return pill(last.status, `${last.status}${tries}${more}`);
};

const acceptIt = (order) => async (event) => {
  const place = el("p");
  await attempt(event.currentTarget, place, async () => {
    await accept(order);
    say(`Order ${order.order_external_id} accepted.`);
  });
  told.set(order.id, place.textContent);
  if (place.textContent !== "") say(place.textContent);
  document.dispatchEvent(new Event("mock:changed"));
};

const cells = ({ order, pushes, text }) => [
  el(
    "div",
    { class: "row" },
    el("span", { class: "cell-status" }, pill(order.status)),
    button(
      [
        el("span", { class: "name code" }, order.order_external_id),
        el("span", { class: "soft" }, `${order.scenario}, ${order.customer}`),
      ],
      "open",
      () => open({ type: "order", id: order.id }),
      { class: "open", "aria-haspopup": "dialog" },
    ),
    el("span", { class: "cell-total" }, money(order.total)),
    el("span", { class: "cell-reach" }, reach(pushes)),
    el(
      "span",
      { class: "cell-time" },
      isTime(order.placed_at) ? time(order.placed_at) : el("span", { class: "soft" }, "from start"),
    ),
    el(
      "span",
      { class: "cell-do" },
      order.status === "pending"
        ? button("Accept", "accept", acceptIt(order), {
            "aria-label": `Accept order ${order.order_external_id}`,
          })
        : "",
    ),
  ),
  text === "" ? "" : el("p", { class: "told bad" }, text),
];

export const show = (state) => {
  const items = state.orders
    .map((order) => ({
      order,
      pushes: state.pushes.filter((push) => push.order_id === order.id),
      text: told.get(order.id) ?? "",
    }))
    .reverse();
  const update = (row, item) =>
    rebuild(
      row,
      cells(item).filter((cell) => cell !== ""),
    );
  fill(
    byId("orders"),
    items,
    ({ order }) => order.id,
    () => el("li"),
    update,
  );
  settle(byId("orders"));
  byId("orders-count").textContent = items.length === LISTED ? `${LISTED}+` : items.length;
  byId("orders-none").hidden = items.length > 0;
  byId("orders-more").hidden = items.length < LISTED;
  byId("orders-more").textContent = `The newest ${LISTED} are shown.`;
};

export const start = () => rove(byId("orders"));

export const forget = () => told.clear();
