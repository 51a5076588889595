// Requests to the control interface and, as a POS would send them, to the platform's API.

const KEPT = "mipos-mock-secret";

export class Trouble extends Error {
  constructor(text, status = 0) {
    super(text);
    this.status = status;
  }
}

const secret = () => {
  const kept = sessionStorage.getItem(KEPT);
  return kept === null ? {} : { "X-Mipos-Mock-Secret": kept };
};

export const keepSecret = (text) => sessionStorage.setItem(KEPT, text);

// The address bar, which others may see, does not go on showing the secret.
export const takeSecret = () => {
  const given = new URLSearchParams(location.hash.slice(1)).get("secret");
  if (given === null) return false;
  keepSecret(given);
  history.replaceState(null, "", location.pathname + location.search);
  return true;
};

const send = async (path, options) => {
  try {
    return await fetch(path, { cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble("No answer: the connection ended.");
  }
};

const posted = (headers, body) => ({
  method: "POST",
  headers: { ...headers, "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const control = async (path, options) => {
  const answer = await send(`/_mock/${path}`, options);
  const text = await answer.text();
  const value = parsed(text);
  if (answer.ok) return value;
  throw new Trouble(value?.error ?? `${answer.status}: ${text}`, answer.status);
};

export const get = (path, signal) => control(path, { headers: secret(), signal });
export const post = (path, body = {}) => control(path, posted(secret(), body));
export const remove = (path) => control(path, { method: "DELETE", headers: secret() });

export const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value !== "" && value !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
};

export const listen = async (path, signal) => {
  const answer = await send(`/_mock/${path}`, { headers: secret(), signal });
  if (!answer.ok) throw new Trouble(parsed(await answer.text())?.error ?? "", answer.status);
  return answer.body;
};

// The platform answers with a string, with {"message": text or texts}, or with texts by field.
const told = (value) => {
  if (typeof value === "string") return value;
  const texts = value?.message ?? Object.values(value ?? {}).flat();
  return Array.isArray(texts) ? texts.join(" ") : String(texts);
};

export const ROOT = "/api/v1/integration/";

export const platform = async (token, path, body) => {
  const answer = await send(ROOT + path, posted({ Authorization: `Bearer ${token}` }, body));
  const text = await answer.text();
  const value = parsed(text);
  const words = value === undefined ? text.slice(0, 200) : told(value);
  if (!answer.ok) throw new Trouble(`${answer.status}: ${words}`, answer.status);
  return words;
};
