import * as z from "zod";

const way = z.looseObject({ Next: z.string() });
const caught = z.looseObject({ Next: z.string(), ErrorEquals: z.array(z.string()) });
const state = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(way).optional(),
  Catch: z.array(caught).optional(),
  get ItemProcessor() {
    return definition.optional();
  },
  get Branches() {
    return z.array(definition).optional();
  },
});
const definition = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), state) });
type Definition = z.infer<typeof definition>;

export interface GraphState {
  name: string;
  type: string;
}

/** `inside`: what a Map or Parallel state runs. `late`: time has passed, which is no failure where one waits. */
export type EdgeKind = "next" | "choice" | "inside" | "late" | "catch";

export interface GraphEdge {
  from: string;
  to: string;
  kind: EdgeKind;
}

/** A workflow as people look at it. States stand in the order in which they are gone through. */
export interface WorkflowGraph {
  states: GraphState[];
  edges: GraphEdge[];
  /** The way through it when all goes well: the longest to a good end that passes nothing a failure leads to. */
  mainWay: string[];
}

/** Reads a definition in Amazon States Language. Throws a ZodError for what is none. */
export function graphOf(asl: unknown): WorkflowGraph {
  const read = definition.parse(asl);
  const states = allStates(read);
  const ways = new Map([...states].map(([name, found]) => [name, waysOut(name, found)]));
  const forward = (name: string) => ways.get(name) ?? [];
  const failed = new Set([...ways.values()].flat().flatMap(({ to, kind }) => (kind === "catch" ? [to] : [])));
  const order = inOrder(read.StartAt, (name) => forward(name).map(({ to }) => to));
  return {
    states: order.map((name) => ({ name, type: states.get(name)?.Type ?? "" })),
    edges: order.flatMap(forward).filter(({ to }) => states.has(to)),
    mainWay: longestWay(read.StartAt, {
      leading: (name) =>
        forward(name).flatMap(({ to, kind }) => (kind === "inside" || failed.has(to) ? [] : [to])),
      isGoodEnd: (name) => forward(name).length === 0 && states.get(name)?.Type !== "Fail",
    }),
  };
}

function allStates({ States }: Definition): Map<string, z.infer<typeof state>> {
  return new Map(
    Object.entries(States).flatMap(([name, found]) => [
      [name, found] as const,
      ...partsOf(found).flatMap((part) => [...allStates(part)]),
    ]),
  );
}

function partsOf({ ItemProcessor, Branches = [] }: z.infer<typeof state>): Definition[] {
  return ItemProcessor === undefined ? Branches : [ItemProcessor, ...Branches];
}

/** Where it goes on first, where it fails to last; each once. */
function waysOut(from: string, found: z.infer<typeof state>): GraphEdge[] {
  const named = (kind: EdgeKind, ...to: (string | undefined)[]) =>
    to.flatMap((name) => (name === undefined ? [] : [{ from, to: name, kind }]));
  const all = [
    ...named("inside", ...partsOf(found).map(({ StartAt }) => StartAt)),
    ...named("next", found.Next),
    ...named("choice", found.Default, ...(found.Choices ?? []).map(({ Next }) => Next)),
    ...(found.Catch ?? []).flatMap(({ Next, ErrorEquals }) =>
      named(ErrorEquals.every((error) => error === "States.Timeout") ? "late" : "catch", Next),
    ),
  ];
  return all.filter(({ to }, index) => all.findIndex((one) => one.to === to) === index);
}

/** Every state before those it leads to, loops apart; what comes first in `leading` stays closest. */
function inOrder(start: string, leading: (name: string) => string[]): string[] {
  const seen = new Set<string>();
  const finished: string[] = [];
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const next of leading(name).toReversed()) visit(next);
    finished.push(name);
  };
  visit(start);
  return finished.reverse();
}

/** Ways back into what is already on the way don't count, so that loops are left out of it. */
function longestWay(
  start: string,
  { leading, isGoodEnd }: { leading: (name: string) => string[]; isGoodEnd: (name: string) => boolean },
): string[] {
  let longest: string[] = [];
  const goOn = (way: string[], name: string) => {
    const longer = [...way, name];
    if (isGoodEnd(name) && longer.length > longest.length) longest = longer;
    for (const next of leading(name)) if (!longer.includes(next)) goOn(longer, next);
  };
  goOn([], start);
  return longest;
}
