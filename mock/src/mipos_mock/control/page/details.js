// The dialog that shows one thing with everything about it.

import { byId, el, rebuild } from "./dom.js";
import { contents } from "./views.js";

const PAUSE = 150; // milliseconds in which several changes count as one

const dialog = byId("details");
const body = byId("details-body");
const path = []; // what was opened from what; the last is shown
let about = {}; // numbers of the order and the push that are shown
let due = null;

const draw = async (target) => {
  let shown;
  try {
    shown = await contents(target);
  } catch (error) {
    shown = { title: "Not there", parts: [el("p", { class: "error" }, error.message)], about: {} };
  }
  if (path.at(-1) !== target) return false;
  byId("details-title").textContent = shown.title;
  byId("details-back").hidden = path.length < 2;
  about = shown.about;
  rebuild(body, shown.parts);
  return true;
};

const enter = async (target) => {
  if (!(await draw(target))) return;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  byId("details-title").focus();
};

export const open = (target) => {
  path.push(target);
  return enter(target);
};

const back = () => {
  path.pop();
  return enter(path.at(-1));
};

const refresh = () => {
  due = null;
  if (dialog.open) draw(path.at(-1));
};

// Shows it anew when something happened to what is shown.
export const touch = (entries) => {
  const concerned = (entry) =>
    (entry.order_id !== null && entry.order_id === about.order) ||
    (entry.push_id !== null && entry.push_id === about.push);
  if (dialog.open && due === null && entries.some(concerned)) due = setTimeout(refresh, PAUSE);
};

export const start = () => {
  byId("details-back").addEventListener("click", back);
  byId("details-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    path.length = 0;
    about = {};
  });
  // A click beside the sheet closes it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
};
