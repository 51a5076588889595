// Lists whose rows the arrow keys move between: one stop of the Tab key instead of hundreds.

const stops = (row) => row?.querySelectorAll("button") ?? [];

// Makes the row that has the focus, else the first, the one that the Tab key reaches.
export const settle = (list) => {
  const focused = list.contains(document.activeElement)
    ? document.activeElement.closest("li")
    : null;
  const current = focused ?? list.firstElementChild;
  for (const row of list.children) {
    const index = row === current ? 0 : -1;
    for (const stop of stops(row)) if (stop.tabIndex !== index) stop.tabIndex = index;
  }
};

const move = (list) => (event) => {
  const row = event.target.closest("li");
  const next = {
    ArrowDown: row?.nextElementSibling,
    ArrowUp: row?.previousElementSibling,
    Home: list.firstElementChild,
    End: list.lastElementChild,
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const alike = [...stops(next)].find((stop) => stop.dataset.act === event.target.dataset.act);
  (alike ?? stops(next)[0])?.focus();
};

export const rove = (list) => {
  list.addEventListener("keydown", move(list));
  list.addEventListener("focusin", () => settle(list));
};
