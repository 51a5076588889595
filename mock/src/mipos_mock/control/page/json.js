// Bodies: laid out when they are JSON, and as they were sent.

import { copyButton, el } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d[\d.eE+-]*|\btrue\b|\bfalse\b|\bnull\b/g;
const COLOURED_MAX = 40_000; // characters; more would make too many elements

const laidOut = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
};

const coloured = (text) => {
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [whole, string, colon] = found;
    const kind = string === undefined ? "number" : colon === undefined ? "string" : "key";
    parts.push(text.slice(last, found.index), el("span", { class: kind }, string ?? whole));
    last = found.index + (string ?? whole).length;
  }
  return [...parts, text.slice(last)];
};

export const codeBlock = (text, what, look = "") => {
  const pre = el("pre", { class: `text ${look}` }, text);
  return el("div", { class: "code-block" }, pre, copyButton(pre, what));
};

const prettyBlock = (pretty, what) => {
  const pre = el(
    "pre",
    { class: "text" },
    pretty.length > COLOURED_MAX ? pretty : coloured(pretty),
  );
  return el("div", { class: "code-block" }, pre, copyButton(pre, what));
};

export const jsonBlock = (value, what) => prettyBlock(JSON.stringify(value, null, 2), what);

export const textBlock = (text, what) => {
  if (text === "") return el("p", { class: "soft" }, `No ${what}.`);
  const pretty = laidOut(text);
  if (pretty === null) return codeBlock(text, what);
  return el(
    "div",
    { class: "body" },
    prettyBlock(pretty, what),
    el(
      "details",
      { "data-key": `raw ${what}` },
      el("summary", { "data-act": `raw ${what}` }, "Raw, as sent"),
      codeBlock(text, `raw ${what}`),
    ),
  );
};
