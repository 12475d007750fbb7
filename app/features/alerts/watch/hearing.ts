/** When a site was heard: since when it is looked at, its newest reading, and since when readings come without a gap. No data is not down, so this decides who may be missing. */
export class Hearing {
  #sinceS: number | null = null;
  #newestS: number | null = null;
  #withoutGapSinceS = 0;

  /** From here on this watch looks on; later calls change nothing. */
  begin(atS: number): void {
    this.#sinceS ??= atS;
  }

  /** A reading of any machine. `gapS`: without one for longer, the readings begin anew. */
  hear(heardAtS: number, gapS: number): void {
    if (this.#newestS !== null && heardAtS <= this.#newestS) return;
    if (this.#newestS === null || heardAtS - this.#newestS > gapS) this.#withoutGapSinceS = heardAtS;
    this.#newestS = heardAtS;
  }

  /** No machine was heard for too long, and this watch has looked on for as long: after a start the first readings are on their way. */
  isUnread(nowS: number, gapS: number): boolean {
    return this.#newestS !== null && nowS - this.#newestS > gapS && nowS - (this.#sinceS ?? nowS) > gapS;
  }

  /** From when on a machine could have been heard: after a gap each is given its time to be asked. */
  couldHearSinceS(nowS: number): number {
    return Math.max(this.#withoutGapSinceS, this.#sinceS ?? nowS);
  }
}
