/** What goes wrong in functions: it ends its process, throws, or never answers. */
export async function handler(event: { rawPath?: string; how?: string }): Promise<unknown> {
  const how = event.how ?? "never";
  if (how === "exit") process.exit(1);
  if (how === "throw") throw new TypeError("it broke");
  if (how === "memory") {
    const hoard: number[][] = [];
    for (;;) hoard.push(new Array<number>(1_000_000).fill(1.5));
  }
  if (how === "never") await new Promise(() => setInterval(() => undefined, 1000));
  return { env: { ...process.env }, now: Date.now() };
}
