// Pushes and menus, the newest first.

import { replay } from "./actions.js";
import { post } from "./api.js";
import { attempt, button, byId, choose, el, fill, rebuild, say } from "./dom.js";
import { open } from "./details.js";
import { pill, plural, time } from "./format.js";
import { rove, settle } from "./rove.js";
import { changed, LISTED, shownStores } from "./state.js";

const told = new Map(); // what came of a button, by number of the push

const replayIt = (push) => async (event) => {
  const place = el("p");
  await attempt(event.currentTarget, place, () => replay(push));
  const bad = place.classList.contains("bad");
  told.set(push.id, bad ? place.textContent : "");
  say(place.textContent);
  changed();
};

const next = (push) => {
  if (push.due_at !== null) return [el("span", { class: "soft" }, "next "), time(push.due_at)];
  return push.replay_of === null
    ? []
    : [el("span", { class: "soft" }, `replay of ${push.replay_of}`)];
};

const about = (push) =>
  push.kind === "Menu" ? `menu of store ${push.store_id}` : (push.order_external_id ?? "an order");

const cells = ({ push, text }) => [
  el(
    "div",
    { class: "row" },
    el("span", { class: "cell-status" }, pill(push.status)),
    button(
      [
        el("span", { class: "name code" }, push.url),
        el("span", { class: "soft" }, `${push.id}: `, about(push)),
      ],
      "open",
      () => open({ type: "push", id: push.id }),
      { class: "open", "aria-haspopup": "dialog" },
    ),
    el("span", { class: "cell-tries" }, plural(push.attempts, "try").replace("trys", "tries")),
    el("span", { class: "cell-time" }, next(push)),
    el(
      "span",
      { class: "cell-do" },
      button("Replay", "replay", replayIt(push), { "aria-label": `Replay push ${push.id}` }),
    ),
  ),
  text === "" ? "" : el("p", { class: "told bad" }, text),
];

const menuCells = (menu) => [
  el(
    "div",
    { class: "row" },
    button(
      [
        el("span", { class: "name" }, `Store ${menu.store_id}`),
        el("span", { class: "soft code" }, menu.url),
      ],
      "open",
      () => open({ type: "menu", store_id: menu.store_id, url: menu.url }),
      { class: "open", "aria-haspopup": "dialog" },
    ),
    el("span", { class: "cell-time" }, time(menu.at)),
  ),
];

export const show = (state) => {
  const items = state.pushes.map((push) => ({ push, text: told.get(push.id) ?? "" })).reverse();
  const update = (row, item) =>
    rebuild(
      row,
      cells(item).filter((cell) => cell !== ""),
    );
  fill(
    byId("pushes"),
    items,
    ({ push }) => push.id,
    () => el("li"),
    update,
  );
  byId("pushes-count").textContent = items.length === LISTED ? `${LISTED}+` : items.length;
  byId("pushes-none").hidden = items.length > 0;
  byId("pushes-more").hidden = items.length < LISTED;
  byId("pushes-more").textContent = `The newest ${LISTED} are shown.`;
  const menus = state.menus.slice(-LISTED);
  const name = (menu) => `${menu.store_id} ${menu.url}`;
  fill(
    byId("menus"),
    menus,
    name,
    () => el("li"),
    (row, menu) => rebuild(row, menuCells(menu)),
  );
  for (const list of ["pushes", "menus"]) settle(byId(list));
  byId("menus-count").textContent = state.menus.length;
  byId("menus-none").hidden = menus.length > 0;
  choose(byId("pull-store"), shownStores());
};

export const forget = () => told.clear();

export const start = () => {
  for (const list of ["pushes", "menus"]) rove(byId(list));
  const form = byId("pull");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(event.submitter, form.querySelector(".told"), async () => {
      const { pushes } = await post("menus/pull", { store_id: form.elements.store_id.value });
      return `Asked for by push ${pushes.map((push) => push.id).join(", ")}.`;
    });
  });
};
