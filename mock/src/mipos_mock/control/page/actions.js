// What a developer does to an order or a push, from a list or from its details.

import { get, platform, post } from "./api.js";
import { accountOf, changed } from "./state.js";

export const tokenOf = (name) => accountOf(name)?.token ?? "";

export const acceptance = (order) => ({
  delivery_id: order.delivery_id,
  store_id: order.store_id,
  order_external_id: order.order_external_id,
});

// As the POS would: with the token of the order's account.
export const accept = (order) =>
  platform(tokenOf(order.account), "order/accept", acceptance(order));

export const replay = async (push) => {
  const { id } = await post(`pushes/${push.id}/replay`);
  return `Sent again as push ${id}.`;
};

export const advance = async (seconds) => {
  await post("clock/advance", { seconds });
  changed();
};

// Sets the clock ahead to a time, with a little to spare since times are rounded.
export const advanceTo = async (iso) => {
  const clock = await get("clock");
  await advance(Math.max(0, (Date.parse(iso) - Date.parse(clock.now)) / 1000 + 0.002));
};
