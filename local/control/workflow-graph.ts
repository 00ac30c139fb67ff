import * as z from "zod";
import { type Html, html } from "../../shared/pages/kit/html.ts";

const state = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.looseObject({ Next: z.string() })).optional(),
  Catch: z.array(z.looseObject({ Next: z.string() })).optional(),
});
const definition = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), state) });

/** A workflow as rows, one a state, in the order in which it is gone through; edges name rows. */
export interface WorkflowGraph {
  rows: { name: string; type: string }[];
  edges: { from: number; to: number; kind: "next" | "choice" | "catch" }[];
}

/** Lays a definition in Amazon States Language out. Throws a ZodError for what is none. */
export function graphOf(asl: unknown): WorkflowGraph {
  const { StartAt, States } = definition.parse(asl);
  const order = reversePostorder(StartAt, (name) => leaving(States[name]).map(({ to }) => to));
  const rowOf = new Map(order.map((name, row) => [name, row]));
  return {
    rows: order.map((name) => ({ name, type: States[name]?.Type ?? "" })),
    edges: order.flatMap((name, from) =>
      leaving(States[name]).flatMap(({ to, kind }) => {
        const row = rowOf.get(to);
        return row === undefined ? [] : [{ from, to: row, kind }];
      }),
    ),
  };
}

/** The ways out of a state: where it goes on first, where it fails to last. */
function leaving(
  found: z.infer<typeof state> | undefined,
): { to: string; kind: "next" | "choice" | "catch" }[] {
  if (found === undefined) return [];
  const next = [found.Next, found.Default].flatMap((to) =>
    to === undefined ? [] : [{ to, kind: "next" as const }],
  );
  const choices = (found.Choices ?? []).map(({ Next }) => ({ to: Next, kind: "choice" as const }));
  const caught = (found.Catch ?? []).map(({ Next }) => ({ to: Next, kind: "catch" as const }));
  const all = [...next, ...choices, ...caught];
  return all.filter(
    ({ to, kind }, index) => all.findIndex((one) => one.to === to && one.kind === kind) === index,
  );
}

/** Every state before those it leads to, loops apart; what comes first in `leading` stays closest. */
function reversePostorder(start: string, leading: (name: string) => string[]): string[] {
  const seen = new Set<string>();
  const finished: string[] = [];
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const next of leading(name).reverse()) visit(next);
    finished.push(name);
  };
  visit(start);
  return finished.reverse();
}

const ROW = 40;
const BOX = { width: 420, height: 28 };
const LEFT = 8;

/**
 * Draws a workflow with its current states lit. Ways on to the next row are straight, all others arcs at the
 * right: choices full, errors dashed, ways back bold.
 */
export function drawWorkflow(graph: WorkflowGraph, current: readonly string[], label: string): Html {
  const reach = Math.max(1, ...graph.edges.map(({ from, to }) => Math.abs(to - from)));
  const bend = (from: number, to: number) => 24 + (Math.abs(to - from) / reach) * 150;
  const middle = (row: number) => LEFT + row * ROW + BOX.height / 2;
  const right = LEFT + BOX.width;
  const height = graph.rows.length * ROW + LEFT;
  return html`<svg class="graph" role="img" aria-label="${label}" width="${right + 190}" height="${height}" viewBox="0 0 ${right + 190} ${height}">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"></path></marker></defs>
${graph.edges.map(({ from, to, kind }) =>
  to === from + 1
    ? html`<path class="edge ${kind}" d="M${LEFT + 24} ${middle(from) + BOX.height / 2}V${middle(to) - BOX.height / 2}" marker-end="url(#tip)"></path>`
    : html`<path class="edge ${kind} ${to <= from ? "back" : ""}" d="M${right} ${middle(from)}C${right + bend(from, to)} ${middle(from)} ${right + bend(from, to)} ${middle(to)} ${right} ${middle(to)}" marker-end="url(#tip)"></path>`,
)}
${graph.rows.map(({ name, type }, row) => {
  const lit = current.includes(name);
  return html`<g class="state ${type.toLowerCase()} ${lit ? "lit" : ""}"><rect x="${LEFT}" y="${middle(row) - BOX.height / 2}" width="${BOX.width}" height="${BOX.height}" rx="${type === "Choice" ? 14 : 4}"></rect><text x="${LEFT + (lit ? 30 : 12)}" y="${middle(row) + 5}">${name}</text>${lit && html`<circle cx="${LEFT + 16}" cy="${middle(row)}" r="5"></circle>`}</g>`;
})}
</svg>`;
}
