import { type Html, html } from "../../shared/pages/kit/html.ts";
import type { PlacedEdge, PlacedState, PlacedWorkflow, Point } from "./lay-out-workflow.ts";

/**
 * Draws a workflow as SVG with its current states lit: the main way strong, where it fails to quiet and below all
 * else. Colours are the sheet's.
 */
export function drawWorkflow(
  { width, height, states, edges }: PlacedWorkflow,
  current: readonly string[],
  label: string,
): Html {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  const quietFirst = edges.toSorted((a, b) => loudness(a) - loudness(b));
  return html`<svg class="graph" role="img" aria-label="${label}" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">
<defs>${["tip", "tip-main", "tip-catch"].map((id) => html`<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5L8 4L0 7.5z"></path></marker>`)}</defs>
${quietFirst.map((edge) => html`<path class="edge ${edge.kind} ${edge.main && "main"}" d="${curve(edge.points)}" marker-end="url(#${tipOf(edge)})"></path>`)}
${states.map((state) => box(state, current.includes(state.name)))}
</svg>`;
}

function loudness({ kind, main }: PlacedEdge): number {
  if (main) return 2;
  return kind === "catch" ? 0 : 1;
}

function tipOf(edge: PlacedEdge): string {
  return ["tip-catch", "tip", "tip-main"][loudness(edge)] ?? "tip";
}

function box({ name, type, lines, x, y, width, height, failsTo }: PlacedState, lit: boolean): Html {
  return html`<g class="state ${type.toLowerCase()} ${lit && "lit"}"><title>${name}</title><rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${width}" height="${height}" rx="${type === "Choice" ? height / 2 : 5}"></rect><text text-anchor="middle">${lines.map((line) => html`<tspan x="${round(x)}" y="${round(line.y)}">${line.text}</tspan>`)}</text>${failsTo !== undefined && html`<circle class="fails" cx="${round(x + width / 2)}" cy="${round(y + height / 2 - 6)}" r="4"><title>${failsTo}</title></circle>`}</g>`;
}

/** How round a corner is, in pixels. */
const ROUNDNESS = 7;

/** From point to point, its corners rounded. */
function curve(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (start === undefined) return "";
  const legs = rest.map((corner, index) => {
    const [before = start, after] = [points[index], rest[index + 1]];
    if (after === undefined) return `L${at(corner)}`;
    return `L${at(towards(corner, before))}Q${at(corner)} ${at(towards(corner, after))}`;
  });
  return `M${at(start)}${legs.join("")}`;
}

/** A little way from a corner towards another point, half the way at most. */
function towards(corner: Point, point: Point): Point {
  const [dx, dy] = [point.x - corner.x, point.y - corner.y];
  const length = Math.hypot(dx, dy);
  const part = length === 0 ? 0 : Math.min(ROUNDNESS / length, 0.5);
  return { x: corner.x + dx * part, y: corner.y + dy * part };
}

const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
const round = (pixels: number) => Math.round(pixels * 10) / 10;
