/** What an expression makes of its series at one time; undefined where it has no datum. */
export type Expression = (datumOf: (id: string) => number | undefined) => number | undefined;

/**
 * Metric math, as far as alarms here use it: `FILL(id,n)`, `SUM([…])`, ids and numbers. Throws for anything else.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function compileExpression(text: string): Expression {
  const source = text.replaceAll(/\s/g, "");
  const sum = /^SUM\(\[(.*)\]\)$/.exec(source)?.[1];
  if (sum !== undefined) return sumOf(partsOf(sum).map(compileExpression));
  const fill = /^FILL\(([^(),]+),([^(),]+)\)$/.exec(source);
  if (fill !== null) {
    const [inner, otherwise] = [compileExpression(fill[1] ?? ""), Number(fill[2])];
    if (Number.isFinite(otherwise)) return (datumOf) => inner(datumOf) ?? otherwise;
  }
  if (/^[a-z]\w*$/.test(source)) return (datumOf) => datumOf(source);
  if (/^\d+(\.\d+)?$/.test(source)) return () => Number(source);
  throw new Error(`the metric math ${text} is not known here`);
}

/** What is missing is left out; nothing but missing parts is missing itself. */
function sumOf(parts: readonly Expression[]): Expression {
  return (datumOf) => {
    const present = parts.map((part) => part(datumOf)).filter((value) => value !== undefined);
    return present.length === 0 ? undefined : present.reduce((total, value) => total + value, 0);
  };
}

/** Parts between commas outside all brackets. */
function partsOf(list: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of list) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}
