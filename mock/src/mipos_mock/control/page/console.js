// The console: what each part shows comes from here.

import { get, keepSecret, query, takeSecret, Trouble } from "./api.js";
import * as accounts from "./accounts.js";
import * as details from "./details.js";
import { byId, choose, el, say, tell } from "./dom.js";
import * as faults from "./faults.js";
import { codeBlock } from "./json.js";
import { Live } from "./live.js";
import * as orders from "./orders.js";
import * as place from "./place.js";
import * as pushes from "./pushes.js";
import * as settings from "./settings.js";
import { LISTED, now } from "./state.js";
import * as tabs from "./tabs.js";
import * as timeline from "./timeline.js";

const REST = [300, 2000]; // milliseconds between two looks at the state: at least, at most
const PROBLEM_PAUSE = 5000; // milliseconds at least between two problems that are read out

const firstSteps = () => {
  const account = now.accounts.find((each) => each.status === "active" && each.stores.length > 0);
  const curl =
    account === undefined
      ? []
      : [codeBlock(accounts.webhookCurl(account), "curl line to register a webhook")];
  byId("entries-none").replaceChildren(
    el("p", { "data-when": "filtered" }, "Nothing like this has happened yet."),
    el(
      "div",
      { "data-when": "", class: "steps" },
      el("p", { class: "lead" }, "Nothing has happened yet. In three steps:"),
      el(
        "ol",
        {},
        el(
          "li",
          {},
          el(
            "p",
            {},
            "Register the webhook of your POS, under Accounts and webhooks or from a shell:",
          ),
          curl,
        ),
        el("li", {}, el("p", {}, "Place an order. Your POS gets it as a push.")),
        el(
          "li",
          {},
          el(
            "p",
            {},
            "Let your POS accept it. Every call and every push shows here, as it happens.",
          ),
        ),
      ),
    ),
  );
};

const showState = (state) => {
  byId("version").textContent = state.version ?? "";
  choose(byId("account"), [["", "all"], ...now.accounts.map(({ name }) => [name, name])]);
  byId("account").value = now.account;
  for (const each of [accounts, place, faults, orders, pushes, settings]) each.show(state);
};

const loadState = async (signal) => {
  const asked = now.account;
  const [state, all] = await Promise.all([
    get(`state${query({ account: asked, limit: LISTED })}`, signal),
    asked === "" ? null : get("state?limit=1", signal),
  ]);
  if (asked !== now.account) return;
  Object.assign(now, { state, accounts: (all ?? state).accounts, received: Date.now() });
  showState(state);
};

// The stream notices a lost connection and says so; what is not found is the account.
const missed = (error) => {
  if (!(error instanceof Trouble)) reportError(error);
  else if (error.status === 404) live.restart();
};

// One look at the state at a time; the longer one takes, the rarer they are.
let looking = false;
let stale = false;
const look = async () => {
  stale = true;
  if (looking) return;
  looking = true;
  while (stale) {
    stale = false;
    const began = performance.now();
    await loadState().catch(missed);
    const rest = Math.min(Math.max(REST[0], 3 * (performance.now() - began)), REST[1]);
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
  looking = false;
};

const load = async (signal) => {
  try {
    await loadState(signal);
  } catch (error) {
    if (error.status !== 404 || now.account === "") throw error;
    now.account = ""; // it was deleted
    await loadState(signal);
  }
  firstSteps();
  const limit = timeline.ENTRIES_MAX;
  const journal = await get(
    `journal${query({ account: now.account, kind: timeline.kind(), limit })}`,
    signal,
  );
  timeline.show(journal);
  return journal.last;
};

let problemTold = 0;
const tellProblem = (entries) => {
  const problem = entries.findLast((entry) => entry.problem);
  if (problem === undefined || Date.now() - problemTold < PROBLEM_PAUSE) return;
  problemTold = Date.now();
  say(`Problem: ${problem.title} ${problem.outcome}`);
};

const live = new Live({
  account: () => now.account,
  load,
  onPiece(entries) {
    if (entries.some((entry) => entry.kind === "control" && entry.title === "reset")) {
      orders.forget();
      pushes.forget();
      live.restart();
      return;
    }
    timeline.add(entries);
    details.touch(entries);
    tellProblem(entries);
    look();
  },
  onStatus(name, wait, error) {
    const was = byId("connection").dataset.is;
    const text = { live: "Live", lost: "Not connected", locked: "Locked" }[name];
    byId("connection").dataset.is = name;
    byId("connection-text").textContent = text;
    byId("lost").hidden = name !== "lost";
    byId("main").hidden = name === "locked";
    byId("locked").hidden = name !== "locked";
    if (name === "lost") {
      const why = error?.status > 0 ? ` ${error.message}` : "";
      byId("lost-text").textContent =
        `The connection to the mock is lost.${why} What you see may be old. Next try in ${wait} s.`;
    }
    if (name === "locked") lock(error);
    if (name !== was && name !== "locked" && was !== "opening") {
      say(name === "live" ? "Connected again." : "The connection to the mock is lost.");
    }
  },
});

const lock = (error) => {
  const tried = byId("secret").value !== "";
  tell(byId("unlock").querySelector(".told"), tried ? error.message : "", tried);
  byId("secret").focus();
};

byId("unlock").addEventListener("submit", (event) => {
  event.preventDefault();
  keepSecret(byId("secret").value);
  live.wake();
});

byId("lost-retry").addEventListener("click", () => live.wake());

byId("account").addEventListener("change", (event) => {
  now.account = event.currentTarget.value;
  live.restart();
});

document.addEventListener("mock:changed", look);
addEventListener("hashchange", () => takeSecret() && live.restart());

for (const each of [tabs, place, faults, orders, pushes, settings, details]) each.start();
timeline.start(() => live.restart());
document.title = `MiPOS mock, ${location.host}`;
takeSecret();
live.run();
