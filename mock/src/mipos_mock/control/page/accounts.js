// Accounts: what a POS needs to speak for one, and its webhooks.

import { platform, ROOT } from "./api.js";
import { attempt, button, byId, copyButton, el, fill, icon, rebuild, say } from "./dom.js";
import { curl, plural } from "./format.js";
import { codeBlock } from "./json.js";
import { now, shownAccounts } from "./state.js";

const CARDS_MAX = 50;
const WEBHOOKS_MAX = 50;
const EXAMPLE = "http://127.0.0.1:9000/orders";

export const webhookCurl = (account) =>
  curl(`${ROOT}webhook/create`, account.token, { url: EXAMPLE });

const secretLine = (name, text, what) => {
  const value = el("code", {}, text);
  return [el("dt", {}, name), el("dd", {}, value, copyButton(value, what))];
};

const removeIt = (account, url) => (event) => {
  const card = event.currentTarget.closest(".account");
  const place = card.querySelector(".told");
  attempt(event.currentTarget, place, async () => {
    const words = await platform(account.token, "webhook/delete", { url });
    card.querySelector("input").focus();
    return words;
  });
};

const webhookRow = (account) => (webhook) => [
  el("span", { class: "tag" }, webhook.type),
  el("span", { class: "name code" }, webhook.url),
  button(icon("close"), "remove", removeIt(account, webhook.url), {
    class: "square",
    title: "Remove",
    "aria-label": `Remove webhook ${webhook.url}`,
  }),
];

const register = (account) => (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const { url, type } = form.elements;
  attempt(event.submitter, form.querySelector(".told"), async () => {
    const words = await platform(account.token, "webhook/create", {
      url: url.value,
      type: type.value,
    });
    url.value = "";
    return words;
  });
};

const registerForm = (account) =>
  el(
    "form",
    {
      class: "register",
      onsubmit: register(account),
      "aria-label": `Register a webhook for ${account.name}`,
    },
    el(
      "label",
      { class: "whole" },
      "Webhook URL",
      el("input", {
        name: "url",
        class: "code",
        inputmode: "url",
        autocomplete: "off",
        spellcheck: "false",
        placeholder: EXAMPLE,
      }),
    ),
    el(
      "select",
      { name: "type", "aria-label": "Type" },
      el("option", {}, "ORDER"),
      el("option", {}, "Menu"),
    ),
    el("button", { type: "submit" }, "Register"),
    el("p", { class: "told", role: "status" }),
  );

const state = (account) =>
  account.status === "active" && account.read_only ? "read-only" : account.status;

const create = (account) => {
  const card = el("details", { class: "account" });
  card.open = account.name === now.account || account.name === shownAccounts()[0].name;
  const label = [el("span", { class: "name" }, account.name)];
  if (state(account) !== "active") label.push(el("span", { class: "tag" }, state(account)));
  card.append(
    el("summary", {}, label, el("span", { class: "soft hooks" })),
    el(
      "div",
      { class: "account-body" },
      el(
        "dl",
        { class: "facts" },
        secretLine("Token", account.token, `token of ${account.name}`),
        secretLine("Secret", account.secret, `webhook secret of ${account.name}`),
        el("dt", {}, "Stores"),
        el("dd", {}, account.stores.length > 0 ? account.stores.join(", ") : "none"),
      ),
      el("ul", { class: "webhooks" }),
      el("p", { class: "soft more", hidden: true }),
      registerForm(account),
      el(
        "details",
        { class: "as-curl" },
        el("summary", {}, "As your POS would"),
        codeBlock(webhookCurl(account), `curl line for ${account.name}`),
      ),
    ),
  );
  return card;
};

const update = (card, account) => {
  const { webhooks } = account;
  card.querySelector(".hooks").textContent = plural(webhooks.length, "webhook");
  const shown = webhooks.slice(-WEBHOOKS_MAX);
  const row = webhookRow(account);
  const fillRow = (item, webhook) => rebuild(item, row(webhook));
  fill(
    card.querySelector(".webhooks"),
    shown,
    (webhook) => webhook.url,
    () => el("li"),
    fillRow,
  );
  const more = card.querySelector(".more");
  more.hidden = webhooks.length <= WEBHOOKS_MAX;
  more.textContent = `The newest ${WEBHOOKS_MAX} of ${webhooks.length} are shown.`;
};

let opened = ""; // the account that was chosen when cards were last shown

export const show = () => {
  const accounts = shownAccounts();
  fill(byId("accounts"), accounts.slice(0, CARDS_MAX), (account) => account.name, create, update);
  if (now.account !== opened && now.account !== "") byId("accounts").firstElementChild.open = true;
  opened = now.account;
  byId("accounts-more").hidden = accounts.length <= CARDS_MAX;
  byId("accounts-more").textContent = `${accounts.length - CARDS_MAX} more: choose one above.`;
};

// Leads to the form that registers a webhook for an account.
export const lead = (name) => {
  const card = [...byId("accounts").children].find((each) => each.dataset.key === name);
  if (card === undefined) return;
  card.open = true;
  card.querySelector("input").focus();
  say(`Register a webhook for ${name}.`);
};
