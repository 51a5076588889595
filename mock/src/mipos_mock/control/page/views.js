// What the details of each thing consist of.

import { accept, acceptance, advanceTo, replay, tokenOf } from "./actions.js";
import { get, query, ROOT } from "./api.js";
import { button, el } from "./dom.js";
import { open } from "./details.js";
import { alarm, curl, isTime, latency, money, pill, time } from "./format.js";
import { codeBlock, jsonBlock, textBlock } from "./json.js";
import { actions, facts, headers, link, part, when } from "./parts.js";
import { now } from "./state.js";
import { entryRow } from "./timeline.js";

const violations = (found) =>
  found.map((each) =>
    el(
      "div",
      { class: "violation" },
      el("p", {}, el("span", { class: "pill warn" }, each.rule)),
      el("p", {}, each.message),
      el("p", { class: "remedy" }, el("strong", {}, "Instead: "), each.remedy),
    ),
  );

const links = (entry) => [
  entry.order_id === null
    ? ""
    : link(`Order ${entry.order_id}`, { type: "order", id: entry.order_id }),
  entry.push_id === null ? "" : link(`Push ${entry.push_id}`, { type: "push", id: entry.push_id }),
];

const outcome = (entry) => {
  if (entry.outcome === "") return entry.problem ? alarm("problem") : "";
  return entry.problem ? alarm(entry.outcome) : entry.outcome;
};

const entryView = (entry) => {
  const { detail } = entry;
  const parts = [
    facts([
      ["When", when(entry.at)],
      ["Account", entry.account],
      ["Outcome", outcome(entry)],
      ["Took", entry.milliseconds === null ? null : latency(entry.milliseconds)],
      ["Operation", detail.operation],
      ["Fault on purpose", detail.faults?.join(", ")],
      [
        "About",
        entry.order_id === null && entry.push_id === null
          ? null
          : el("span", { class: "links" }, links(entry)),
      ],
    ]),
  ];
  if (detail.violations?.length > 0) {
    parts.push(part("Against the documents", ...violations(detail.violations)));
  }
  if (entry.kind === "call" || detail.url !== undefined) {
    const line =
      entry.kind === "call"
        ? `${detail.method} ${detail.path}${detail.query && `?${detail.query}`}`
        : `POST ${detail.url}`;
    parts.push(
      part(
        "Request",
        el("p", { class: "code line" }, line),
        headers(detail.headers, "request headers"),
        textBlock(detail.body, "body"),
      ),
      part(
        "Answer",
        el("p", {}, outcome(entry)),
        headers(detail.answer_headers, "answer headers"),
        textBlock(detail.answer, "answer"),
      ),
    );
  }
  return { title: entry.title, parts, about: {} };
};

const tried = (each, place, entry) =>
  el(
    "li",
    {},
    el(
      "div",
      { class: "row" },
      el("span", { class: "number" }, place + 1),
      time(each.at),
      el(
        "span",
        { class: "grow" },
        each.error === null && each.status < 300
          ? pill("delivered", each.status)
          : alarm(each.error ?? each.status),
      ),
      entry === undefined ? "" : link("headers", { type: "entry", id: entry.id }),
      el("span", { class: "soft" }, each.faults.join(", ")),
      el("span", { class: "took" }, latency(each.milliseconds)),
    ),
    each.answer === "" ? "" : codeBlock(each.answer, `answer to try ${place + 1}`, "answer"),
  );

// The journal's entries of the tries, which hold the headers; the oldest may be gone.
const entriesOf = async (push) => {
  const { entries } = await get(
    `journal${query({ account: push.account, kind: "push", limit: 1000 })}`,
  );
  const sent = entries.filter((entry) => entry.push_id === push.id && entry.milliseconds !== null);
  return push.tries.map((_, place) => sent[sent.length - push.tries.length + place]);
};

const pushView = (push, entries) => ({
  title: `Push ${push.id}`,
  about: { push: push.id },
  parts: [
    facts([
      ["Status", pill(push.status)],
      ["To", el("span", { class: "code" }, push.url)],
      ["Type", push.kind],
      ["Account", `${push.account}, store ${push.store_id}`],
      [
        "Order",
        push.order_id === null
          ? null
          : link(push.order_external_id ?? `Order ${push.order_id}`, {
              type: "order",
              id: push.order_id,
            }),
      ],
      [
        "Replay of",
        push.replay_of === null
          ? null
          : link(`Push ${push.replay_of}`, { type: "push", id: push.replay_of }),
      ],
      ["Next try", push.due_at === null ? null : when(push.due_at)],
    ]),
    actions(
      ["Replay", () => replay(push)],
      ...(push.due_at === null ? [] : [["Try now", () => advanceTo(push.due_at)]]),
    ),
    part(
      "Tries",
      push.tries.length === 0
        ? el("p", { class: "soft" }, "None yet.")
        : el(
            "ol",
            { class: "rows tries" },
            push.tries.map((each, place) => tried(each, place, entries[place])),
          ),
    ),
    part("Body", textBlock(push.body, "body")),
  ],
});

const pushItem = (push) =>
  el(
    "li",
    {},
    el(
      "div",
      { class: "row" },
      pill(push.status),
      button(
        el("span", { class: "name code" }, push.url),
        `push ${push.id}`,
        () => open({ type: "push", id: push.id }),
        { class: "open" },
      ),
      el("span", { class: "soft" }, `push ${push.id}`),
    ),
  );

const entryItem = (entry) =>
  el(
    "li",
    { class: entry.problem ? "problem" : "" },
    entryRow(entry, () => open({ type: "entry", id: entry.id })),
  );

const orderView = (order) => ({
  title: `Order ${order.order_external_id}`,
  about: { order: order.id },
  parts: [
    facts([
      ["Status", pill(order.status)],
      ["Customer", order.customer],
      ["Total", money(order.total)],
      ["Scenario", order.scenario],
      [
        "Account",
        `${order.account}, store ${order.store_id}, delivery platform ${order.delivery_id}`,
      ],
      ["Placed", isTime(order.placed_at) ? when(order.placed_at) : "from start"],
      ["Accepted", order.accepted_at === null ? null : when(order.accepted_at)],
    ]),
    order.status === "pending" ? actions(["Accept", () => accept(order), "primary"]) : "",
    part(
      "Pushes",
      order.pushes.length === 0
        ? el("p", { class: "soft" }, "None.")
        : el("ul", { class: "rows" }, order.pushes.map(pushItem)),
    ),
    part(
      "What happened",
      order.timeline.length === 0
        ? el("p", { class: "soft" }, "Nothing yet.")
        : el("ol", { class: "entries" }, order.timeline.map(entryItem)),
    ),
    order.status === "pending"
      ? part(
          "How your POS accepts it",
          codeBlock(
            curl(`${ROOT}order/accept`, tokenOf(order.account), acceptance(order)),
            "curl line",
          ),
        )
      : "",
    part("Content", jsonBlock(order.order, "content")),
  ].filter((each) => each !== ""),
});

const menuView = ({ store_id, url }) => {
  const menu = now.state.menus.find((each) => each.store_id === store_id && each.url === url);
  if (menu === undefined) throw new Error("The menu is gone.");
  return {
    title: `Menu of store ${menu.store_id}`,
    about: {},
    parts: [
      facts([
        ["From", el("span", { class: "code" }, menu.url)],
        ["When", when(menu.at)],
        ["Push", link(`Push ${menu.push_id}`, { type: "push", id: menu.push_id })],
      ]),
      part("Content", jsonBlock(menu.menu, "menu")),
    ],
  };
};

export const contents = async (target) => {
  switch (target.type) {
    case "entry":
      return entryView(await get(`journal/${target.id}`));
    case "push": {
      const push = await get(`pushes/${target.id}`);
      return pushView(push, await entriesOf(push));
    }
    case "order":
      return orderView(await get(`orders/${target.id}`));
    default:
      return menuView(target);
  }
};
