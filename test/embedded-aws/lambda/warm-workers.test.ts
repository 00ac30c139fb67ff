import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createWarmWorkers } from "../../../embedded-aws/lambda/warm-workers.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function threeOf(most: number) {
  const warm = createWarmWorkers(most);
  const gone: string[] = [];
  const workers = ["first", "second", "third"].map((name) => ({ name }));
  const rest = (index: number) => {
    const worker = workers[index] ?? { name: "nobody" };
    warm.rest(worker, () => gone.push(worker.name));
  };
  return { warm, gone, workers, rest };
}

test("of too many idle workers the one that has rested longest is let go", () => {
  const { gone, rest } = threeOf(2);
  rest(0);
  rest(1);
  expect(gone).toEqual([]);
  rest(2);
  expect(gone).toEqual(["first"]);
});

test("a worker that has had an event since counts as rested from then on", () => {
  const { warm, gone, workers, rest } = threeOf(2);
  rest(0);
  rest(1);
  warm.rise(workers[0] ?? {});
  rest(0);
  rest(2);
  expect(gone).toEqual(["second"]);
});

test("a worker that nobody has needed for two minutes is let go, and one at work is not", () => {
  const { warm, gone, workers, rest } = threeOf(2);
  rest(0);
  rest(1);
  warm.rise(workers[1] ?? {});
  vi.advanceTimersByTime(119_999);
  expect(gone).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(gone).toEqual(["first"]);
});
