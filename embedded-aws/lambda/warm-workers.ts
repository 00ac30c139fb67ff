/** Lambda keeps an idle environment for some minutes too. Real time: an idle worker costs this machine, now. */
const restMs = 120_000;

/** The workers of all functions that wait for an event. Each holds some 40 MB, so only so many may. */
export interface WarmWorkers {
  /** It has nothing to do: it is let go when it rests too long, or as the one that rests longest of too many. */
  rest(worker: object, letGo: () => void): void;
  /** It has an event again, or has ended. */
  rise(worker: object): void;
}

/** @param most how many may rest at once */
export function createWarmWorkers(most: number): WarmWorkers {
  /** Whoever rests longest comes first. */
  const resting = new Map<object, { letGo: () => void; timer: NodeJS.Timeout }>();
  const rise = (worker: object) => {
    clearTimeout(resting.get(worker)?.timer);
    resting.delete(worker);
  };
  const end = (worker: object) => {
    const letGo = resting.get(worker)?.letGo;
    rise(worker);
    letGo?.();
  };
  return {
    rise,
    rest(worker, letGo) {
      const timer = setTimeout(() => end(worker), restMs);
      timer.unref();
      resting.set(worker, { letGo, timer });
      const [longest] = resting.keys();
      if (resting.size > most && longest !== undefined) end(longest);
    },
  };
}
