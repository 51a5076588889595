// What the mock remembered when it was last asked.

export const LISTED = 100; // orders, and pushes, that are shown

export const now = {
  account: "", // whose things are shown; empty for everybody's
  accounts: [], // every account, whatever is shown
  state: null,
  received: 0, // when the state came, by this machine's clock
};

export const accountOf = (name) => now.accounts.find((each) => each.name === name);

export const shownAccounts = () =>
  now.accounts.filter((each) => now.account === "" || each.name === now.account);

export const shownStores = () =>
  shownAccounts().flatMap((each) => each.stores.map((store) => [store, `${store} · ${each.name}`]));

export const clockNow = () =>
  new Date(Date.parse(now.state.clock.now) + Date.now() - now.received).toISOString();

// Something changed that the timeline does not tell of.
export const changed = () => document.dispatchEvent(new Event("mock:changed"));
