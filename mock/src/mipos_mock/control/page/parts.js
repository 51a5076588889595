// What the details of different things have in common.

import { attempt, button, el } from "./dom.js";
import { open } from "./details.js";
import { plural } from "./format.js";

export const part = (title, ...children) =>
  el("section", { class: "part" }, el("h3", {}, title), ...children);

export const facts = (pairs) =>
  el(
    "dl",
    { class: "facts" },
    pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
  );

export const when = (iso) =>
  el("time", { datetime: iso }, `${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC`);

export const link = (text, target) =>
  button(text, `${target.type} ${target.id}`, () => open(target), { class: "link" });

export const actions = (...buttons) => {
  const told = el("p", { class: "told", role: "status" });
  return el(
    "div",
    { class: "actions" },
    buttons.map(([text, act, look]) =>
      button(text, text, (event) => attempt(event.currentTarget, told, act), { class: look ?? "" }),
    ),
    told,
  );
};

export const headers = (pairs, what) => {
  if (pairs === undefined || pairs.length === 0) return "";
  return el(
    "details",
    { "data-key": what },
    el("summary", { "data-act": what }, plural(pairs.length, "header")),
    el(
      "dl",
      { class: "facts headers" },
      pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
    ),
  );
};
