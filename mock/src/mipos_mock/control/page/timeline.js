// What happened, the newest first, as it happens.

import { byId, el, icon } from "./dom.js";
import { alarm, latency, moment, plural } from "./format.js";
import { open } from "./details.js";
import { rove, settle } from "./rove.js";
import { now } from "./state.js";

export const ENTRIES_MAX = 500; // rows; older ones give way

const list = byId("entries");
const problems = byId("problems");
let entries = []; // the oldest first
let dropped = 0;
let waiting = []; // those without a row yet

export const kind = () => byId("kinds").querySelector("input:checked").value;

const wanted = (entry) => !problems.checked || entry.problem || entry.violations > 0;

const status = (entry) => {
  if (!entry.problem) return entry.status ?? "";
  if (entry.status === null) return alarm("problem");
  return [alarm(entry.status), el("span", { class: "unseen" }, " problem")];
};

// What a status alone does not tell.
const more = (entry) => {
  const parts = [];
  if (entry.outcome !== String(entry.status ?? "")) {
    parts.push(el("span", { class: "error" }, entry.outcome));
  }
  if (entry.violations > 0) {
    parts.push(
      el("span", { class: "pill warn" }, icon("bad"), plural(entry.violations, "violation")),
    );
  }
  return parts.length === 0 ? "" : el("span", { class: "more" }, parts);
};

export const entryRow = (entry, act) =>
  el(
    "button",
    {
      type: "button",
      class: "entry",
      "data-act": "entry",
      "aria-haspopup": "dialog",
      onclick: act,
    },
    moment(entry.at),
    el("span", { class: "kind" }, icon(entry.kind), entry.kind),
    el("span", { class: "outcome" }, status(entry)),
    el("span", { class: "title" }, entry.title, more(entry)),
    el("span", { class: "owner" }, entry.account ?? ""),
    el("span", { class: "took" }, entry.milliseconds === null ? "" : latency(entry.milliseconds)),
  );

const itemOf = (entry) => {
  const row = entryRow(entry, () => open({ type: "entry", id: entry.id }));
  return el("li", { class: entry.problem ? "problem" : "", "data-id": entry.id }, row);
};

const finish = () => {
  settle(list);
  const shown = list.childElementCount > 0;
  byId("entries-none").hidden = shown;
  const older = entries.length === ENTRIES_MAX || dropped > 0;
  byId("entries-more").hidden = !(shown && older);
  byId("entries-more").textContent = `The newest ${ENTRIES_MAX} at most are shown.`;
  for (const part of byId("entries-none").querySelectorAll("[data-when]")) {
    const filtered = problems.checked || kind() !== "" || now.account !== "";
    part.hidden = (part.dataset.when === "filtered") !== filtered;
  }
};

const flush = () => {
  const fresh = waiting.filter(wanted);
  waiting = [];
  list.prepend(...fresh.reverse().map(itemOf));
  const oldest = entries[0]?.id ?? 0;
  while (list.lastElementChild !== null && Number(list.lastElementChild.dataset.id) < oldest) {
    list.lastElementChild.remove();
  }
  finish();
};

export const add = (piece) => {
  const matching = piece.filter((entry) => kind() === "" || entry.kind === kind());
  if (matching.length === 0) return;
  if (waiting.length === 0) requestAnimationFrame(flush);
  entries = [...entries, ...matching].slice(-ENTRIES_MAX);
  waiting = [...waiting, ...matching].slice(-ENTRIES_MAX);
};

const draw = () => {
  waiting = [];
  list.replaceChildren(...entries.filter(wanted).reverse().map(itemOf));
  finish();
};

const same = (one, other) => one !== undefined && one.id === other.id && one.at === other.at;

// Takes what the journal holds. Rows stay as far as it holds them too.
export const show = (journal) => {
  dropped = journal.dropped;
  const last = entries.at(-1);
  const known = journal.entries.findIndex((entry) => same(last, entry));
  if (known === -1 || !same(entries[0], journal.entries[0])) {
    entries = journal.entries;
    draw();
  } else add(journal.entries.slice(known + 1));
};

export const start = (restart) => {
  rove(list);
  problems.addEventListener("change", draw);
  byId("kinds").addEventListener("change", () => {
    entries = [];
    restart();
  });
};
