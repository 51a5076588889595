// The clock, and the reset.

import { advance, advanceTo } from "./actions.js";
import { get, post } from "./api.js";
import { attempt, byId, choose } from "./dom.js";
import { seconds } from "./format.js";
import { clockNow, now } from "./state.js";

const WAITING_MAX = 10_000; // pushes that are looked at for the next try

const tick = () => {
  if (now.state === null) return;
  byId("clock").textContent = `${clockNow().slice(11, 19)} UTC`;
};

export const show = (state) => {
  const ahead = state.clock.ahead_seconds;
  byId("ahead").textContent = ahead >= 1 ? `${seconds(ahead)} ahead` : "";
  tick();
  choose(byId("reset-account"), [
    ["", "everything"],
    ...now.accounts.map(({ name }) => [name, `only ${name}`]),
  ]);
};

const toNextTry = async () => {
  const { pushes } = await get(`pushes?limit=${WAITING_MAX}`);
  const due = pushes.map((push) => push.due_at).filter((iso) => iso !== null);
  if (due.length === 0) return "No push waits for a try.";
  await advanceTo(due.sort()[0]);
  return "";
};

const startReset = () => {
  const dialog = byId("reset-dialog");
  const form = byId("reset");
  byId("reset-open").addEventListener("click", () => {
    form.querySelector(".told").textContent = "";
    byId("reset-account").value = now.account;
    dialog.showModal();
  });
  byId("reset-cancel").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(event.submitter, form.querySelector(".told"), async () => {
      const account = byId("reset-account").value;
      await post("reset", account === "" ? {} : { account });
      dialog.close();
    });
  });
};

export const start = () => {
  setInterval(tick, 1000);
  const told = byId("clock-told");
  byId("next-try").addEventListener("click", (event) =>
    attempt(event.currentTarget, told, toNextTry),
  );
  for (const ahead of document.querySelectorAll(".advance")) {
    ahead.addEventListener("click", () =>
      attempt(ahead, told, () => advance(Number(ahead.dataset.seconds))),
    );
  }
  startReset();
};
