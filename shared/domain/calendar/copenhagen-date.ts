/** Made with the first date that is asked for: loading the zones would be a quarter of many a cold start. */
let copenhagen: Intl.DateTimeFormat | undefined;

/** The Copenhagen calendar date of a moment, as yyyy-mm-dd. */
export function copenhagenDate(epochMs: number): string {
  copenhagen ??= new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen", dateStyle: "short" });
  return copenhagen.format(epochMs);
}

/** Calendar arithmetic on a plain date: no hours, so no summer time. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}
