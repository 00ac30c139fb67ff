import { createRequire } from "node:module";
import type { ELK, ElkNode } from "elkjs/lib/elk-api.js";
import type { GraphEdge, GraphState, WorkflowGraph } from "./workflow-graph.ts";

export interface Point {
  x: number;
  y: number;
}

/** A state with its place: the middle of its box, in pixels. */
export interface PlacedState extends GraphState, Point {
  /** Its own, where its name stands in several boxes. */
  key: string;
  width: number;
  height: number;
  /** Where it goes when it fails, where no line shows it. */
  failsTo: string | undefined;
  /** Its name, broken into lines, each with its baseline. */
  lines: { text: string; y: number }[];
}

export interface PlacedEdge extends GraphEdge {
  main: boolean;
  points: Point[];
}

export interface PlacedWorkflow {
  width: number;
  height: number;
  states: PlacedState[];
  edges: PlacedEdge[];
}

const LINE_LETTERS = 24;
/** What a letter of 13 px takes on average, with something to spare: there is no font here to measure with. */
const LETTER = 7.1;
const LINE = 17;
/** How far below its upper edge a line is written. */
const BASELINE = 13;
const PADDING = { x: 14, y: 9 };

// CommonJS whose types say otherwise.
const Elk = createRequire(import.meta.url)("elkjs/lib/elk.bundled.js") as new () => ELK;
const elk = new Elk();

/** How the picture is laid out. https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html */
const options = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.spacing.nodeNode": "22",
  "elk.spacing.edgeNode": "14",
  "elk.spacing.edgeEdge": "8",
  "elk.layered.spacing.nodeNodeBetweenLayers": "26",
  "elk.layered.spacing.edgeNodeBetweenLayers": "12",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "8",
  "elk.padding": "[top=6,left=6,bottom=6,right=6]",
};

/** The main way goes down, short and straight, before all others. */
const mainWayFirst = {
  "elk.layered.priority.straightness": "100",
  "elk.layered.priority.direction": "100",
  "elk.layered.priority.shortness": "100",
};

/**
 * Lays a workflow out in layers (Sugiyama's method), its main way down from the top to a good end.
 * Where nearly every state fails to, each only has a mark: seventeen lines to one box would hide all others.
 */
export async function layOutWorkflow(workflow: WorkflowGraph): Promise<PlacedWorkflow> {
  const { states, edges, mainWay } = endsApart(withMarks(workflow));
  const isMain = ({ from, to }: GraphEdge) =>
    mainWay.includes(from) && mainWay[mainWay.indexOf(from) + 1] === to;
  const laid: ElkNode = await elk.layout<ElkNode>({
    id: "workflow",
    layoutOptions: options,
    children: states.map(({ key, width, height }) => ({ id: key, width, height })),
    edges: edges.map((edge, index) => ({
      id: String(index),
      sources: [edge.from],
      targets: [edge.to],
      ...(isMain(edge) && { layoutOptions: mainWayFirst }),
    })),
  });
  const boxes = new Map(laid.children?.map((child) => [child.id, child]));
  return {
    width: laid.width ?? 0,
    height: laid.height ?? 0,
    states: states.map((state) => {
      const { x = 0, y = 0 } = boxes.get(state.key) ?? {};
      const lines = state.lines.map((line) => ({ ...line, y: y + line.y }));
      return { ...state, x: x + state.width / 2, y: y + state.height / 2, lines };
    }),
    edges: edges.map((edge, index) => {
      const [section] = laid.edges?.find(({ id }) => id === String(index))?.sections ?? [];
      const points = section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [];
      return { ...edge, main: isMain(edge), points };
    }),
  };
}

/** So many ways of failing to one state are still drawn as lines. */
const DRAWN_FAILURES = 3;

interface Marked extends WorkflowGraph {
  /** By state: where it fails to without a line that shows it. */
  marks: ReadonlyMap<string, string>;
}

function withMarks(workflow: WorkflowGraph): Marked {
  const failing = workflow.edges.filter(({ kind }) => kind === "catch");
  const crowded = failing.filter(({ to }) => failing.filter((one) => one.to === to).length > DRAWN_FAILURES);
  return {
    ...workflow,
    edges: workflow.edges.filter((edge) => !crowded.includes(edge)),
    marks: new Map(crowded.map(({ from, to }) => [from, to])),
  };
}

/** An end that several states reach is drawn below each of them: what ends there needs no long way to a common box. */
function endsApart({ states, edges, mainWay, marks }: Marked) {
  const last = mainWay.at(-1);
  const isEnd = (name: string) => name !== last && !edges.some(({ from }) => from === name);
  const ends = new Map(states.filter(({ name }) => isEnd(name)).map((state) => [state.name, state]));
  const boxes = states
    .filter(({ name }) => !ends.has(name))
    .map((state) => boxOf(state, state.name, marks.get(state.name)));
  const apart = edges.map((edge) => {
    const end = ends.get(edge.to);
    if (end === undefined) return edge;
    const key = `${edge.from} → ${end.name}`;
    boxes.push(boxOf(end, key));
    return { ...edge, to: key };
  });
  return { states: boxes, edges: apart, mainWay };
}

function boxOf(state: GraphState, key: string, failsTo?: string): PlacedState {
  const lines = broken(state.name);
  const letters = Math.max(...lines.map(({ length }) => length));
  return {
    ...state,
    key,
    failsTo,
    x: 0,
    y: 0,
    lines: lines.map((text, index) => ({ text, y: PADDING.y + BASELINE + index * LINE })),
    width: Math.round(letters * LETTER) + 2 * PADDING.x,
    height: lines.length * LINE + 2 * PADDING.y,
  };
}

/** A name in lines of about equal length. */
function broken(name: string): string[] {
  const wanted = name.length / Math.ceil(name.length / LINE_LETTERS);
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length >= wanted || last.length + word.length >= LINE_LETTERS)
      lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
