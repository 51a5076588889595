// Building elements. Whatever comes from outside becomes text, never markup.

export const byId = (id) => document.getElementById(id);

export const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== ""));
  return node;
};

const SVG = "http://www.w3.org/2000/svg";

export const icon = (name) => {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
};

// `data-act` names a button among its siblings, so that the focus finds it again.
export const button = (text, act, onclick, attributes = {}) =>
  el("button", { type: "button", "data-act": act, onclick, ...attributes }, text);

const first = (node, selector) => node.querySelector(selector);

// Puts new children into a node; focus and what was unfolded stay.
export const rebuild = (node, children) => {
  const active = node.contains(document.activeElement) ? document.activeElement : null;
  const open = [...node.querySelectorAll("details[open][data-key]")].map((one) => one.dataset.key);
  node.replaceChildren(...children);
  for (const key of open) {
    const found = first(node, `details[data-key="${CSS.escape(key)}"]`);
    if (found !== null) found.open = true;
  }
  if (active === null) return;
  const same = first(node, `[data-act="${CSS.escape(active.dataset.act ?? "")}"]`);
  (same ?? first(node, "button, summary"))?.focus({ preventScroll: true });
};

const shown = new WeakMap();

// Brings the children of a list in line with items; what has not changed is not touched.
export const fill = (list, items, key, create, update) => {
  const keys = new Set(items.map((item) => String(key(item))));
  const old = new Map();
  for (const row of [...list.children]) {
    if (keys.has(row.dataset.key)) old.set(row.dataset.key, row);
    else row.remove();
  }
  items.forEach((item, place) => {
    const name = String(key(item));
    const row = old.get(name) ?? create(item);
    row.dataset.key = name;
    const text = JSON.stringify(item);
    if (shown.get(row) !== text) {
      update(row, item);
      shown.set(row, text);
    }
    if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null);
  });
};

// The options of a select; the choice stays if it is still there.
export const choose = (select, options) => {
  const text = JSON.stringify(options);
  if (shown.get(select) === text) return;
  shown.set(select, text);
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, label]) => el("option", { value }, label)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
};

export const say = (text) => {
  const status = byId("status");
  status.textContent = "";
  status.textContent = text;
};

export const tell = (place, text, bad = false) => {
  place.textContent = text;
  place.classList.toggle("bad", bad);
};

// Runs what a button is for: once at a time, and its trouble is told in a place.
export const attempt = async (pressed, place, act) => {
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  tell(place, "");
  try {
    tell(place, (await act()) ?? "");
  } catch (error) {
    tell(place, error.message, true);
  } finally {
    pressed.removeAttribute("aria-disabled");
  }
};

// A page from plain HTTP beyond loopback has no clipboard object.
const copy = async (source) => {
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  }
  getSelection().selectAllChildren(source);
  return document.execCommand("copy");
};

export const copyButton = (source, what) => {
  const label = el("span", {}, "Copy");
  const pressed = async () => {
    const copied = await copy(source).catch(() => false);
    if (!copied) getSelection().selectAllChildren(source);
    label.textContent = copied ? "Copied" : "Selected";
    say(copied ? `Copied: ${what}.` : `Not copied; ${what} is selected.`);
    setTimeout(() => (label.textContent = "Copy"), 2000);
  };
  return button(label, `copy ${what}`, pressed, { class: "copy", "aria-label": `Copy ${what}` });
};
