"use strict";

// The document is open in the page's source, so that links to its lines work without this script.
const source = document.getElementById("source");
const lineOf = (hash) => (/^#L\d+$/.test(hash) ? document.getElementById(hash.slice(1)) : null);

const show = (hash) => {
  const line = lineOf(hash);
  if (line === null) return;
  source.open = true;
  line.tabIndex = -1;
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center" });
};

source.open = lineOf(location.hash) !== null;
addEventListener("load", () => show(location.hash));
addEventListener("hashchange", () => show(location.hash));
// A second click on a link changes no hash.
addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#L']");
  if (link !== null && link.hash === location.hash) show(link.hash);
});

// Without a secure context, as on a page from plain HTTP, there is no clipboard object.
const copy = async (element) => {
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  }
  getSelection().selectAllChildren(element);
  return document.execCommand("copy");
};

const status = document.getElementById("status");
for (const button of document.querySelectorAll("button.copy")) {
  const label = button.querySelector("span");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const command = document.getElementById(button.dataset.copies);
    const copied = await copy(command).catch(() => false);
    if (!copied) getSelection().selectAllChildren(command);
    status.textContent = copied ? "Copied." : "Not copied; the line is selected.";
    label.textContent = copied ? "Copied" : "Selected";
    setTimeout(() => {
      label.textContent = "Copy";
      status.textContent = "";
    }, 2000);
  });
}
