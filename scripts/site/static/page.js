// What a page has more of where scripts run: code to be copied, fewer stops for the Tab key, and
// a menu that shows where the reader is.
"use strict";
{
  const SCROLLERS = "article :is(pre, .table-wrapper, .diagram)";

  const stopWhereItScrolls = () => {
    for (const each of document.querySelectorAll(SCROLLERS)) {
      if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
      else each.removeAttribute("tabindex");
    }
  };

  const copied = (code) => {
    const copy = code.cloneNode(true);
    copy.querySelectorAll(".gp").forEach((prompt) => prompt.remove());
    return copy.textContent;
  };

  const put = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false; // the browser or the reader does not allow it
    }
  };

  const offerCopies = () => {
    for (const code of document.querySelectorAll("article .highlight > pre")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        const done = await put(copied(code));
        if (!done) getSelection().selectAllChildren(code);
        button.textContent = done ? "Copied" : "Selected";
        button.addEventListener("blur", () => (button.textContent = "Copy"), { once: true });
      });
      code.after(button);
    }
  };

  // A label takes no key, so that buttons stand in for those that open the drawers.
  const haveSwitchesTakeKeys = () => {
    for (const label of document.querySelectorAll("label:is(.nav-overlay-icon, .toc-overlay-icon)")) {
      const opened = document.getElementById(label.htmlFor);
      const drawer = opened.id === "__toc" ? ".toc-drawer" : ".sidebar-drawer";
      const button = document.createElement("button");
      button.type = "button";
      button.className = label.className;
      button.setAttribute("aria-label", opened.id === "__toc" ? "This page" : "Pages");
      button.append(...label.childNodes);
      button.addEventListener("click", () => {
        opened.click();
        if (opened.checked) document.querySelector(`${drawer} a`)?.focus();
      });
      label.replaceWith(button);
    }
  };

  const showWhereTheReaderIs = () => {
    const menu = document.querySelector(".sidebar-scroll");
    const entry = menu?.querySelector("[aria-current]");
    if (!entry) return;
    const [box, line] = [menu.getBoundingClientRect(), entry.getBoundingClientRect()];
    if (line.bottom > box.bottom) menu.scrollTop += line.top - box.top - box.height / 2;
  };

  haveSwitchesTakeKeys();
  offerCopies();
  showWhereTheReaderIs();
  stopWhereItScrolls();
  new ResizeObserver(stopWhereItScrolls).observe(document.querySelector("article"));
}
