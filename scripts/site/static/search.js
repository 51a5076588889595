// Shows what the sections of the site have of the reader's words.
"use strict";
{
  const MOST = 30;
  const MOST_OF_A_PAGE = 3;
  const AROUND = 90;
  const OF_PAGES = 3;

  const lower = (text) => text.toLowerCase().replace(/\s+/g, " ").trim();

  const index = new MiniSearch({
    fields: ["title", "names", "text", "whole"],
    storeFields: ["href", "page", "weight", "title", "names", "text", "whole"],
    searchOptions: { boost: { title: 4, names: 4 } },
  });
  // The first section of a page stands for all of it.
  const wholes = new Map();
  for (const { page, title, text } of SECTIONS) {
    wholes.set(page, `${wholes.get(page) ?? ""} ${title} ${text}`);
  }
  index.addAll(
    SECTIONS.map((each, id) => ({ id, ...each, whole: each.names && wholes.get(each.page) })),
  );

  // The words as they stand count for more than the same words strewn over a section.
  const weight = (query) => (_id, _term, { weight: own, title, names, text, whole }) =>
    own *
    (names ? OF_PAGES : 1) *
    (lower(title) === query ? 8 : 1) *
    (lower(names).split(" ").includes(query) ? 8 : 1) *
    (lower(`${title} ${names} ${whole || text}`).includes(query) ? 8 : 1);

  const find = (words) => {
    const boostDocument = weight(lower(words));
    const prefix = (term) => !/^\d+$/.test(term);
    const found = index.search(words, { boostDocument, prefix, combineWith: "AND" });
    if (found.length) return [found, true];
    return [index.search(words, { boostDocument, prefix, fuzzy: 0.25 }), false];
  };

  const spread = (results) => {
    const counts = new Map();
    return results.filter(({ page }) => {
      counts.set(page, (counts.get(page) ?? 0) + 1);
      return counts.get(page) <= MOST_OF_A_PAGE;
    });
  };

  const marked = (text, terms) => {
    const shown = document.createElement("p");
    const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const pattern = new RegExp(`(${escaped.join("|")})`, "gi");
    text.split(pattern).forEach((part, place) => {
      const node = document.createElement(place % 2 ? "b" : "span");
      node.textContent = part;
      shown.append(node);
    });
    return shown;
  };

  const excerpt = (text, words, terms) => {
    const places = [lower(words), ...terms].map((each) => text.toLowerCase().indexOf(each));
    const place = places.find((each) => each >= 0) ?? 0;
    const start = place > AROUND ? text.lastIndexOf(" ", place - AROUND) + 1 : 0;
    const end = text.indexOf(" ", place + AROUND * 2);
    const cut = text.slice(start, end < 0 ? undefined : end);
    return `${start ? "… " : ""}${cut}${end < 0 ? "" : " …"}`;
  };

  const item = (result, words) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = result.href;
    link.textContent = result.title;
    entry.append(link);
    if (!result.names) entry.append(` in ${result.page}`);
    const said = lower(result.text);
    const text = result.terms.some((term) => said.includes(term)) ? result.text : result.whole;
    entry.append(marked(excerpt(text || result.text, words, result.terms), result.terms));
    return entry;
  };

  const told = (words, results, exact, shown) => {
    if (!results.length) return `Nothing here is like “${words}”. Try a single word of it.`;
    const count = `${results.length} ${results.length === 1 ? "section" : "sections"}`;
    const rest = shown < results.length ? `; the best ${shown} are shown` : "";
    if (exact) return `${count} with each word of “${words}”, or a longer one${rest}.`;
    const near = [...new Set(results.slice(0, 3).flatMap(({ terms }) => terms))].slice(0, 3);
    return `No section has “${words}”. Shown is what has “${near.join("”, “")}”.`;
  };

  const words = (new URLSearchParams(window.location.search).get("q") ?? "").trim();
  const field = document.getElementById("search-words");
  field.value = words;
  if (words) {
    const [results, exact] = find(words);
    const best = spread(results).slice(0, MOST);
    const status = told(words, results, exact, best.length);
    document.title = `${words} - ${document.title}`;
    document.getElementById("search-status").textContent = status;
    document
      .getElementById("search-results")
      .append(...best.map((result) => item(result, words)));
  } else field.focus();
}
