// How values are written.

import { el, icon } from "./dom.js";

// Money is an integer with its two decimals folded in: 25800 is 258.00.
export const money = (folded) => {
  const digits = String(Math.abs(folded)).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${folded < 0 ? "-" : ""}${whole}.${digits.slice(-2)}`;
};

export const latency = (milliseconds) => {
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (milliseconds < 0.05) return "<0.1 ms";
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
};

export const seconds = (count) => {
  if (count < 90) return `${Math.round(count)} s`;
  if (count < 5400) return `${Math.round(count / 60)} min`;
  return count < 172_800 ? `${Math.round(count / 3600)} h` : `${Math.round(count / 86_400)} days`;
};

// The orders of a fresh server were placed at no time.
export const isTime = (iso) => iso !== null && !iso.startsWith("1970-");

const timed = (length) => (iso) =>
  el(
    "time",
    { datetime: iso, title: `${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC` },
    iso.slice(11, length),
  );

export const time = timed(19);
export const moment = timed(23);

export const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const LOOKS = {
  pending: ["wait", "warn"],
  accepted: ["good", "good"],
  queued: ["wait", "soft"],
  sending: ["wait", "soft"],
  waiting: ["wait", "warn"],
  delivered: ["good", "good"],
  "given up": ["bad", "bad"],
  cancelled: ["none", "soft"],
};

export const pill = (status, text = status) => {
  const [sign, look] = LOOKS[status] ?? ["none", "soft"];
  return el("span", { class: `pill ${look}` }, icon(sign), text);
};

export const alarm = (text) => el("span", { class: "pill bad" }, icon("bad"), text);

// One argument of a shell's command.
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

export const curl = (path, token, body) =>
  [
    `curl -sS ${quoted(location.origin + path)}`,
    `-H ${quoted(`Authorization: Bearer ${token}`)}`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(" \\\n  ");
