// Reads a JSON list of Mermaid texts and writes the list of their pictures as SVG.
import { readFileSync } from "node:fs";
import { renderMermaidSVG } from "beautiful-mermaid";

const sources = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(sources.map((source) => renderMermaidSVG(source, { padding: 8 }))));
